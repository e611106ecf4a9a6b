#include "features/notifications/service.hpp"

#include "core/logging.hpp"
#include "features/notifications/templates.hpp"

#include <ranges>

namespace safargo::notifications {
namespace {

constexpr std::int64_t released_at_once = 200;

std::string line_of(const std::string& recipient) {
    return "to:" + recipient;
}

// The recipient is waiting for an expiring message: it has its own slots in the dispatcher and overtakes news about
// trips.
db::Publication address(const Notification& notification, const std::string& recipient) {
    const bool urgent = notification.expires_at.has_value();
    db::Publication message{.ordering_key = urgent ? "code:" + recipient : line_of(recipient),
                            .payload = {},
                            .expires_at = notification.expires_at};
    if (notification.event) {
        message.dedupe_key = std::to_string(*notification.event) + ':' + notification.template_name + ':' + recipient;
    }
    return message;
}

std::optional<UserId> reader_of(const Notification& notification) {
    if (!notification.reader) return std::nullopt;
    return notification.reader->id;
}

std::optional<SubjectId> subject_of(const Notification& notification) {
    if (!notification.reader) return std::nullopt;
    return notification.reader->about;
}

}  // namespace

Notifications::Notifications(Messengers messengers, const crypto::KeyRing& ring, live::Announcer announcer,
                             std::optional<Records> records)
    : keys_(ring.derive("outbox")), courier_(messengers, keys_, records), announcer_(announcer), records_(records) {}

Task<void> Notifications::send(db::Transaction& tx, Notification notification, Instant now) {
    if (!co_await enqueue(tx, notification, now) || !notification.reader) co_return;
    const UserId reader = notification.reader->id;
    announcer_.tell(tx, {live::Topic::notification, notification.reader->about, notification.template_name}, {reader},
                    now);
    // A code is asked for where it is read.
    if (notification.expires_at || !reaches(Channel::push) || !co_await browsers_.any_of(tx, reader)) co_return;
    notification.to = push_address(reader);
    co_await enqueue(tx, std::move(notification), now);
}

Task<bool> Notifications::enqueue(db::Transaction& tx, Notification notification, Instant now) {
    const Letter written{.to = notification.to,
                         .template_name = notification.template_name,
                         .language = notification.language,
                         .parameters = notification.parameters,
                         .written_at = now,
                         .reader = reader_of(notification),
                         .subject = subject_of(notification),
                         .not_after = notification.not_after};
    db::Publication message = address(notification, pseudonym(keys_.first(), notification.to));
    message.payload = seal(keys_, written);
    // While the secret rotates, a person has two pseudonyms: messages queued under the other one still come first, and
    // are not written twice.
    for (const crypto::Key& key : keys_.all() | std::views::drop(1)) {
        const db::Publication other = address(notification, pseudonym(key, notification.to));
        const db::OutboxTrace trace = co_await db::find_trace(tx, other);
        if (trace.written) co_return false;
        if (trace.waiting) message.ordering_key = other.ordering_key;
    }
    db::publish(tx, notification.expires_at ? urgent_letter : letter, message, now, now);
    co_return true;
}

// What a person waits for goes at once, and past everything else.
Task<void> Notifications::deliver_code(db::OutboxMessage message) {
    co_await courier_.deliver({.id = message.id,
                               .letter = open(keys_, message.payload),
                               .tried_before = message.attempts > 0,
                               .expires_at = message.expires_at});
}

// The outbox hands over one letter of a line at a time, so nothing is laid aside or taken from there meanwhile.
Task<void> Notifications::deliver_letter(db::OutboxMessage message) {
    Letter opened = open(keys_, message.payload);
    if (records_) {
        const auto quiet_until = co_await end_of_quiet_for(opened.reader);
        if (co_await lay_aside(message, opened, quiet_until)) co_return;
        if (!quiet_until) {
            co_await deliver_all(co_await quiet_.all(records_->database, lines_of(opened.to)));
        } else if (opened.subject) {
            co_await deliver_all(co_await quiet_.about(records_->database, lines_of(opened.to), *opened.subject));
        }
    }
    co_await courier_.deliver({.id = message.id,
                               .letter = std::move(opened),
                               .tried_before = message.attempts > 0,
                               .expires_at = message.expires_at});
}

Task<std::optional<Instant>> Notifications::end_of_quiet_for(std::optional<UserId> reader) {
    if (!reader) co_return std::nullopt;
    const Choices choices = co_await choices_.find(records_->database, *reader);
    if (!choices.quiet_hours) co_return std::nullopt;
    co_return end_of_quiet(*choices.quiet_hours, records_->clock.now());
}

Task<bool> Notifications::lay_aside(db::OutboxMessage message, Letter opened, std::optional<Instant> quiet_until) {
    const Instant now = records_->clock.now();
    if (!quiet_until || !opened.reader || sent_at_once(template_of(opened.template_name).kind)) co_return false;
    const bool would_be_late = opened.not_after && *opened.not_after > now && *opened.not_after <= *quiet_until;
    if (would_be_late) co_return false;
    co_await quiet_.lay_aside(
        records_->database, {message.id, message.payload},
        {.line = message.ordering_key, .reader = *opened.reader, .subject = opened.subject, .due_at = *quiet_until},
        now);
    co_return true;
}

Task<void> Notifications::deliver_due(db::OutboxMessage message) {
    if (!records_) co_return;
    const Instant now = records_->clock.now();
    co_await deliver_all(co_await quiet_.due(records_->database, {message.ordering_key}, now));
}

// One after the other: if one cannot be delivered, it and those behind it stay.
Task<void> Notifications::deliver_all(std::vector<QuietLetter> waiting) {
    for (const QuietLetter& each : waiting) {
        co_await courier_.deliver({.id = each.id, .letter = open(keys_, each.payload)});
        co_await quiet_.remove(records_->database, each.id);
    }
}

// While the secret rotates, a person has two.
std::vector<std::string> Notifications::lines_of(std::string_view to) const {
    std::vector<std::string> lines;
    for (const crypto::Key& key : keys_.all()) lines.push_back(line_of(pseudonym(key, to)));
    return lines;
}

Task<void> Notifications::end_quiet_hours(Instant now) {
    if (!records_) co_return;
    bool more = true;
    while (more) {
        co_await records_->database.transact<Nothing>(
            [this, now, &more](db::Transaction& tx) { return release(tx, now, more); });
    }
}

Task<Result<Nothing>> Notifications::release(db::Transaction& tx, Instant now, bool& more) {
    const auto lines = co_await quiet_.release(tx, now, released_at_once);
    for (const std::string& line : lines) db::publish(tx, quiet_ended, {.ordering_key = line, .payload = {}}, now, now);
    more = !lines.empty();
    co_return Nothing{};
}

db::Subscription Notifications::subscription() {
    return {.name = "notifications.letters",
            .handlings = {{letter, [this](db::OutboxMessage message) { return deliver_letter(std::move(message)); }},
                          {quiet_ended, [this](db::OutboxMessage message) { return deliver_due(std::move(message)); }}},
            .giving_up = db::GivingUp::forgets};
}

db::Subscription Notifications::urgent_subscription() {
    return {
        .name = "notifications.codes",
        .handlings = {{urgent_letter, [this](db::OutboxMessage message) { return deliver_code(std::move(message)); }}},
        .giving_up = db::GivingUp::forgets};
}

}  // namespace safargo::notifications
