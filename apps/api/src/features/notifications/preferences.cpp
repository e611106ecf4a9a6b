#include "features/notifications/preferences.hpp"

#include <set>

namespace safargo::notifications {
namespace {

MessageChoices shown(const Choices& choices) {
    MessageChoices all;
    if (choices.quiet_hours) all.quiet_hours = {choices.quiet_hours->from, choices.quiet_hours->until};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<MessageKind>>([&](auto described) {
        const MessageKind kind = described.value;
        all.kinds.push_back({.kind = kind,
                             .always_sent = always_sent(kind),
                             .sent_at_once = sent_at_once(kind),
                             .sms = choices.allow(kind, Channel::sms),
                             .email = choices.allow(kind, Channel::email),
                             .push = choices.allow(kind, Channel::push)});
    });
    return all;
}

std::vector<FieldError> faults_of(const ChangeMessages& wanted) {
    std::vector<FieldError> faults;
    const bool sets_hours = wanted.quiet_hours && *wanted.quiet_hours;
    if (sets_hours && (*wanted.quiet_hours)->from == (*wanted.quiet_hours)->until)
        faults.push_back({"quiet_hours.until", {Rule::no_quiet_time}});
    if (!wanted.switches) return faults;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < (*wanted.switches).size(); ++i) {
        const auto& [kind, channel, on] = (*wanted.switches)[i];
        const std::string field = "switches[" + std::to_string(i) + "]";
        if (!seen.insert(switch_name(kind, channel)).second) faults.push_back({field, {Rule::duplicate_value}});
        if (!on && always_sent(kind)) faults.push_back({field + ".on", {Rule::always_sent}});
    }
    return faults;
}

}  // namespace

Task<Result<MessageChoices>> Preferences::show(Caller caller) {
    co_return shown(co_await rows_.find(database_, caller.id));
}

Task<Result<MessageChoices>> Preferences::change(db::Transaction& tx, Caller caller, ChangeMessages wanted) {
    auto faults = faults_of(wanted);
    if (!faults.empty()) co_return fail(Error{.code = Code::validation_failed, .fields = std::move(faults)});
    ChoiceRows::Change change;
    if (wanted.switches) {
        for (const auto& [kind, channel, on] : *wanted.switches)
            (on ? change.on : change.off).push_back(switch_name(kind, channel));
    }
    if (wanted.quiet_hours) {
        change.sets_quiet_hours = true;
        change.quiet_hours = *wanted.quiet_hours;
    }
    const auto changed = co_await rows_.change(tx, caller.id, std::move(change), clock_.now());
    if (!changed) co_return fail(Code::not_found);
    if (wanted.quiet_hours) co_await let_wait(tx, caller.id, changed->quiet_hours);
    co_return shown(*changed);
}

// What was laid aside waits for the end of the new hours, or no longer.
Task<void> Preferences::let_wait(db::Transaction& tx, UserId reader, std::optional<QuietHours> hours) {
    const Instant now = clock_.now();
    const auto end = hours ? end_of_quiet(*hours, now) : std::nullopt;
    co_await quiet_.move(tx, reader, end.value_or(now));
}

}  // namespace safargo::notifications
