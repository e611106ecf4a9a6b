#include "features/kyc/notifier.hpp"

#include "contract/json.hpp"
#include "core/texts.hpp"
#include "features/kyc/words.hpp"

#include <stdexcept>

namespace safargo::kyc {
namespace {

// A document whose place was taken meanwhile is still told of.
constexpr db::Statement find_told{"kyc_told", R"(
    select coalesce(u.phone, u.email), u.locale, u.id, d.id, d.type, d.reason, d.note, d.expires_on
    from kyc_documents d join users u on u.id = d.user_id where d.id = $1)"};

// What is wrong and what to do, and the moderator's own words.
std::string why(RejectionReason reason, const std::optional<std::string>& note, Language language) {
    const std::string_view text = text_of(reason, language);
    if (!note) return std::string(text);
    return format_text("document_reasons.with_note", language, {{"reason", text}, {"note", *note}});
}

std::vector<std::string> parameters_of(const db::Row& row, DocumentNews what, Language language) {
    std::vector<std::string> parameters{std::string(text_of(row.get<DocumentType>(4), language))};
    if (what == DocumentNews::rejected) {
        parameters.push_back(why(row.get<RejectionReason>(5), row.get<std::optional<std::string>>(6), language));
    }
    if (what == DocumentNews::expires_soon) parameters.push_back(row.get<LocalDate>(7).str());
    return parameters;
}

}  // namespace

db::Subscription DocumentNotifier::subscription() {
    return {.name = "kyc.notifier",
            .handlings = {{kyc_changed, [this](db::OutboxMessage message) { return notify(std::move(message)); }}}};
}

Task<void> DocumentNotifier::notify(db::OutboxMessage message) {
    const auto changed = contract::parse_json<DocumentChanged>(message.payload);
    if (!changed) throw std::runtime_error("unreadable payload of kyc.changed");
    const db::Rows rows = co_await database_.query(find_told, changed->document_id);
    if (rows.empty()) co_return;  // they have left
    const db::Row row = rows[0];
    const auto identifier = row.get<std::optional<std::string>>(0);
    if (!identifier) co_return;
    const Language language = negotiate_language(row.get<std::string_view>(1));
    notifications::Notification letter{
        .channel = notifications::channel_of(*identifier),
        .to = *identifier,
        .template_name = "kyc_" + std::string(enum_name(changed->what)),
        .language = language,
        .parameters = parameters_of(row, changed->what, language),
        .event = message.id,
        .reader = notifications::Notification::Reader{row.get<UserId>(2), {row.get<KycDocumentId>(3).value}}};
    // Without a vendor for the channel, nothing is sent.
    if (!notifications_.reaches(letter.channel)) co_return;
    co_await database_.transact<Nothing>([this, &letter](db::Transaction& tx) { return send(tx, letter); });
}

Task<Result<Nothing>> DocumentNotifier::send(db::Transaction& tx, notifications::Notification letter) {
    co_await notifications_.send(tx, std::move(letter), clock_.now());
    co_return Nothing{};
}

}  // namespace safargo::kyc
