#include "features/notifications/courier.hpp"

#include "core/enum_names.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "features/notifications/templates.hpp"

namespace safargo::notifications {
namespace {

// Counts and logs the message's name and outcome, never its recipient or its text.
void note_receipt(Channel channel, const Delivery& delivery, const Receipt& receipt) {
    metrics::counter(
        "safargo_messages_total", "Messages by what their vendor answered",
        {{"channel", std::string(enum_name(channel))}, {"outcome", std::string(enum_name(receipt.outcome))}})
        .add();
    const auto log_line = receipt.refused() ? log::warning : log::debug;
    log_line(receipt.refused() ? "message_refused" : "message_handed_over",
             {{"key", std::string_view(delivery.key)},
              {"channel", enum_name(channel)},
              {"template", std::string_view(delivery.template_name)},
              {"outcome", enum_name(receipt.outcome)},
              {"provider_id", std::string_view(receipt.provider_id)},
              {"reason", std::string_view(receipt.reason)}});
}

Delivery write_out(const Dispatch& dispatch, Channel channel) {
    const Letter& letter = dispatch.letter;
    Rendered rendered = render(letter.template_name, letter.language, letter.parameters);
    return {.key = "outbox:" + std::to_string(dispatch.id),
            .to = letter.to,
            .template_name = letter.template_name,
            .language = letter.language,
            .subject = channel == Channel::email ? std::move(rendered.subject) : std::string(),
            .text = std::move(rendered.text),
            .tried_before = dispatch.tried_before,
            .written_at = letter.written_at,
            .expires_at = dispatch.expires_at};
}

}  // namespace

Channel channel_of(std::string_view identifier) {
    return identifier.starts_with('+') ? Channel::sms : Channel::email;
}

// Not again if an attempt got through whose success the outbox does not know. A permanent refusal is final, like an
// acceptance: a retry would get the same answer.
Task<void> Courier::deliver(Dispatch dispatch) {
    const Channel channel = channel_of(dispatch.letter.to);
    Delivery delivery = write_out(dispatch, channel);
    Messenger* messenger = messengers_.serving(channel);
    // Messages in the outbox keep waiting until a vendor is configured.
    if (messenger == nullptr) throw DependencyUnavailable("messenger", "no vendor is configured for this channel");
    if (records_) {
        Departure departure{.key = delivery.key, .channel = channel, .template_name = delivery.template_name};
        for (const crypto::Key& key : keys_.all()) departure.pseudonyms.push_back(pseudonym(key, delivery.to));
        const DeliveryLog::Standing standing = co_await records_->log.depart(std::move(departure));
        if (standing.known) co_return;
        delivery.tried_before |= standing.begun;
        if (auto why = co_await why_withheld(channel, std::move(dispatch), standing.closed)) {
            co_await withhold(channel, std::move(delivery), std::move(*why));
            co_return;
        }
    }
    const Receipt receipt = co_await messenger->deliver(delivery);
    note_receipt(channel, delivery, receipt);
    if (records_) co_await records_->log.record(delivery.key, channel, receipt);
}

// A sign-in code goes to a closed address all the same: its owner asks for it, and may have opened the address again.
Task<std::optional<std::string>> Courier::why_withheld(Channel channel, Dispatch dispatch, bool closed) {
    if (closed && !dispatch.expires_at) co_return "closed";
    const MessageKind kind = template_of(dispatch.letter.template_name).kind;
    if (always_sent(kind) || !dispatch.letter.reader) co_return std::nullopt;
    const Choices choices = co_await choices_.find(records_->database, *dispatch.letter.reader);
    if (choices.allow(kind, channel)) co_return std::nullopt;
    co_return "switched_off";
}

Task<void> Courier::withhold(Channel channel, Delivery delivery, std::string why) {
    log::info("message_withheld", {{"key", std::string_view(delivery.key)},
                                   {"channel", enum_name(channel)},
                                   {"template", std::string_view(delivery.template_name)},
                                   {"why", std::string_view(why)}});
    co_await records_->log.withhold(delivery.key, std::move(why));
}

}  // namespace safargo::notifications
