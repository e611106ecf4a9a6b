#include "features/notifications/service.hpp"

#include "contract/described.hpp"
#include "contract/json.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "features/notifications/templates.hpp"

#include <ranges>
#include <stdexcept>

namespace safargo::notifications {
namespace {

// A stored message is read back by this process or a newer one: fields may be added, not renamed.
struct Waiting {
    Text<254> to;
    Text<64> template_name;
    Text<2> language;
    contract::List<Text<500, 0>, 0, 8> parameters;
    std::optional<Instant> written_at;  // absent in rows of the versions before it
    std::optional<UserId> reader;       // absent there, too, and in messages to whoever has no account yet
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (to, template_name, language, parameters, written_at, reader))

struct Outgoing {
    std::string to, template_name, language;
    std::vector<std::string> parameters;
    Instant written_at;
    std::optional<UserId> reader;
};
BOOST_DESCRIBE_STRUCT(Outgoing, (), (to, template_name, language, parameters, written_at, reader))

// A pseudonym in ordering and deduplication keys, which must not identify a person: an outbox row may live for days.
std::string pseudonym(const crypto::Key& key, std::string_view to) {
    return crypto::hex(crypto::view(crypto::hmac_sha256(key, to)).substr(0, 8));
}

// The recipient is waiting for an expiring message: it has its own slots in the dispatcher and overtakes news about
// trips.
db::Publication address(const Notification& notification, const std::string& recipient) {
    const bool urgent = notification.expires_at.has_value();
    db::Publication message{
        .ordering_key = (urgent ? "code:" : "to:") + recipient, .payload = {}, .expires_at = notification.expires_at};
    if (notification.event) {
        message.dedupe_key = std::to_string(*notification.event) + ':' + notification.template_name + ':' + recipient;
    }
    return message;
}

std::optional<UserId> reader_of(const Notification& notification) {
    if (!notification.reader) return std::nullopt;
    return notification.reader->id;
}

// Counts and logs the message's name and outcome, never its recipient or its text.
void note_receipt(Channel channel, const Delivery& delivery, const Receipt& receipt) {
    metrics::counter("safargo_messages_total", "Messages by what their vendor answered",
                     {{"channel", std::string(contract::enum_name(channel))},
                      {"outcome", std::string(contract::enum_name(receipt.outcome))}})
        .add();
    const auto log_line = receipt.refused() ? log::warning : log::debug;
    log_line(receipt.refused() ? "message_refused" : "message_handed_over",
             {{"key", std::string_view(delivery.key)},
              {"channel", contract::enum_name(channel)},
              {"template", std::string_view(delivery.template_name)},
              {"outcome", contract::enum_name(receipt.outcome)},
              {"provider_id", std::string_view(receipt.provider_id)},
              {"reason", std::string_view(receipt.reason)}});
}

}  // namespace

Channel channel_of(std::string_view identifier) {
    return identifier.starts_with('+') ? Channel::sms : Channel::email;
}

Notifications::Notifications(Messengers messengers, const crypto::KeyRing& ring, live::Announcer announcer,
                             std::optional<Records> records)
    : messengers_(messengers), keys_(ring.derive("outbox")), announcer_(announcer), records_(records) {}

Task<void> Notifications::send(db::Transaction& tx, Notification notification, Instant now) {
    const Outgoing outgoing{.to = notification.to,
                            .template_name = notification.template_name,
                            .language = std::string(code(notification.language)),
                            .parameters = std::move(notification.parameters),
                            .written_at = now,
                            .reader = reader_of(notification)};
    db::Publication message = address(notification, pseudonym(keys_.first(), notification.to));
    message.payload = crypto::base64url(keys_.seal(contract::to_json(outgoing)));
    // While the secret rotates, a person has two pseudonyms: messages queued under the other one still come first, and
    // are not written twice.
    for (const crypto::Key& key : keys_.all() | std::views::drop(1)) {
        const db::Publication other = address(notification, pseudonym(key, notification.to));
        const db::OutboxTrace trace = co_await db::find_trace(tx, other);
        if (trace.written) co_return;
        if (trace.waiting) message.ordering_key = other.ordering_key;
    }
    db::publish(tx, notification.expires_at ? urgent_letter : letter, message, now, now);
    if (!notification.reader) co_return;
    announcer_.tell(tx, {live::Topic::notification, notification.reader->about, notification.template_name},
                    {notification.reader->id}, now);
}

Task<void> Notifications::deliver(db::OutboxMessage message) {
    const auto sealed = crypto::from_base64url(message.payload);
    const auto opened = sealed ? keys_.open(*sealed) : std::nullopt;
    if (!opened)
        throw std::runtime_error(
            "a waiting message cannot be opened: was JWT_SECRET replaced without JWT_SECRET_PREVIOUS?");
    const auto waiting = contract::parse_json<Waiting>(*opened);
    if (!waiting) throw std::runtime_error("unreadable payload of a queued message");

    std::vector<std::string> parameters;
    for (const auto& parameter : waiting->parameters) parameters.push_back(parameter.str());
    const Language language = negotiate_language(waiting->language.str());
    Rendered rendered = render(waiting->template_name.str(), language, parameters);
    const Channel channel = channel_of(waiting->to.str());
    Delivery delivery{.key = "outbox:" + std::to_string(message.id),
                      .to = waiting->to.str(),
                      .template_name = waiting->template_name.str(),
                      .language = language,
                      .subject = channel == Channel::email ? std::move(rendered.subject) : std::string(),
                      .text = std::move(rendered.text),
                      .tried_before = message.attempts > 0,
                      .written_at = waiting->written_at,
                      .expires_at = message.expires_at};
    co_await hand_over(channel, std::move(delivery), waiting->reader);
}

// A permanent refusal is final, like an acceptance: a retry would get the same answer.
Task<void> Notifications::hand_over(Channel channel, Delivery delivery, std::optional<UserId> reader) {
    Messenger* messenger = messengers_.serving(channel);
    // Messages in the outbox keep waiting until a vendor is configured.
    if (messenger == nullptr) throw DependencyUnavailable("messenger", "no vendor is configured for this channel");
    if (records_ && !co_await may_depart(channel, delivery, reader)) co_return;
    const Receipt receipt = co_await messenger->deliver(delivery);
    note_receipt(channel, delivery, receipt);
    if (records_) co_await records_->log.record(delivery.key, channel, receipt);
}

// Not if an attempt got through whose success the outbox does not know, nor to a closed address, nor what its reader
// has switched off. A sign-in code goes to a closed address all the same: its owner asks for it, and may have opened
// the address again.
Task<bool> Notifications::may_depart(Channel channel, Delivery delivery, std::optional<UserId> reader) {
    Departure departure{.key = delivery.key, .channel = channel, .template_name = delivery.template_name};
    for (const crypto::Key& key : keys_.all()) departure.pseudonyms.push_back(pseudonym(key, delivery.to));
    const auto [known, closed] = co_await records_->log.depart(std::move(departure));
    if (known) co_return false;
    if (closed && !delivery.expires_at) {
        co_await withhold(channel, std::move(delivery), "closed");
        co_return false;
    }
    if (co_await is_wanted(channel, template_of(delivery.template_name).kind, reader)) co_return true;
    co_await withhold(channel, std::move(delivery), "switched_off");
    co_return false;
}

Task<bool> Notifications::is_wanted(Channel channel, MessageKind kind, std::optional<UserId> reader) {
    if (always_sent(kind) || !reader) co_return true;
    const Choices choices = co_await choices_.find(records_->choices, *reader);
    co_return choices.allow(kind, channel);
}

Task<void> Notifications::withhold(Channel channel, Delivery delivery, std::string why) {
    log::info("message_withheld", {{"key", std::string_view(delivery.key)},
                                   {"channel", contract::enum_name(channel)},
                                   {"template", std::string_view(delivery.template_name)},
                                   {"why", std::string_view(why)}});
    co_await records_->log.withhold(delivery.key, std::move(why));
}

db::Subscription Notifications::deliveries(std::string name, const db::EventKind& kind) {
    return {.name = std::move(name),
            .handlings = {{kind, [this](db::OutboxMessage message) { return deliver(std::move(message)); }}},
            .giving_up = db::GivingUp::forgets};
}

db::Subscription Notifications::subscription() {
    return deliveries("notifications.letters", letter);
}

db::Subscription Notifications::urgent_subscription() {
    return deliveries("notifications.codes", urgent_letter);
}

}  // namespace safargo::notifications
