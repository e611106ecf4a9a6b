#include "features/notifications/preferences.hpp"

#include <set>

namespace safargo::notifications {
namespace {

MessageChoices shown(const Choices& choices) {
    MessageChoices all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<MessageKind>>([&](auto described) {
        const MessageKind kind = described.value;
        all.kinds.push_back({.kind = kind,
                             .always_sent = always_sent(kind),
                             .sms = choices.allow(kind, Channel::sms),
                             .email = choices.allow(kind, Channel::email)});
    });
    return all;
}

std::vector<FieldError> faults_of(const ChangeMessages& wanted) {
    std::vector<FieldError> faults;
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
    const auto changed = co_await rows_.change(tx, caller.id, std::move(change), clock_.now());
    if (!changed) co_return fail(Code::not_found);
    co_return shown(*changed);
}

}  // namespace safargo::notifications
