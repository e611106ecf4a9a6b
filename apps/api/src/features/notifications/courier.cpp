#include "features/notifications/courier.hpp"

#include "core/enum_names.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "features/notifications/templates.hpp"

#include <exception>

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
            .subject = channel == Channel::sms ? std::string() : std::move(rendered.subject),
            .text = std::move(rendered.text),
            .tried_before = dispatch.tried_before,
            .written_at = letter.written_at,
            .expires_at = dispatch.expires_at};
}

constexpr std::string_view push_prefix = "push:";

}  // namespace

std::string push_address(UserId reader) {
    return std::string(push_prefix) + reader.str();
}

Channel channel_of(std::string_view identifier) {
    if (identifier.starts_with(push_prefix)) return Channel::push;
    return identifier.starts_with('+') ? Channel::sms : Channel::email;
}

Task<void> Courier::deliver(Dispatch dispatch) {
    const Channel channel = channel_of(dispatch.letter.to);
    if (channel == Channel::push) {
        co_await push(std::move(dispatch));
        co_return;
    }
    Delivery delivery = write_out(dispatch, channel);
    co_await hand_over(channel, std::move(delivery), std::move(dispatch));
}

Task<void> Courier::push(Dispatch dispatch) {
    if (!records_ || !dispatch.letter.reader) co_return;
    const Delivery written = write_out(dispatch, Channel::push);
    std::exception_ptr failed;
    for (const Browser& browser : co_await browsers_.of(records_->database, *dispatch.letter.reader)) {
        Delivery delivery = written;
        delivery.key += ':' + browser.id.str();
        delivery.to = browser.endpoint;
        delivery.browser_key = browser.key;
        delivery.browser_secret = browser.secret;
        try {
            co_await hand_over(Channel::push, std::move(delivery), dispatch);
        } catch (const DependencyUnavailable&) {
            failed = std::current_exception();
        } catch (const DeadlineExceeded&) {
            failed = std::current_exception();
        }
    }
    if (failed) std::rethrow_exception(failed);
}

// Not again if an attempt got through whose success the outbox does not know. A permanent refusal is final, like an
// acceptance: a retry would get the same answer.
Task<void> Courier::hand_over(Channel channel, Delivery delivery, Dispatch dispatch) {
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
    if (!records_) co_return;
    co_await records_->log.record(delivery.key, channel, receipt);
    const bool ended = channel == Channel::push && receipt.outcome == Receipt::Outcome::unknown_recipient;
    if (ended) co_await browsers_.remove_endpoint(records_->database, delivery.to);
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
