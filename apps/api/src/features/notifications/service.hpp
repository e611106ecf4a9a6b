// Messages to people leave through the outbox: sealed while they wait, in order per recipient; urgent messages that
// expire (a sign-in code) do not queue behind others. In their reader's quiet hours those that may wait are laid aside
// until the hours end, and then leave in their order. One that may not wait goes at once, after what was laid aside
// about the same booking or trip: nobody reads the end of a story before its beginning.
#pragma once

#include "core/clock.hpp"
#include "core/key_ring.hpp"
#include "db/outbox.hpp"
#include "features/live/service.hpp"
#include "features/notifications/courier.hpp"
#include "features/notifications/quiet_letters.hpp"
#include "ports/messenger.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

inline const db::EventKind letter{"notification.deliver", db::Listeners::one};
inline const db::EventKind urgent_letter{"code.deliver", db::Listeners::one};
inline const db::EventKind quiet_ended{"notification.quiet_ended", db::Listeners::one};

struct Notification {
    Channel channel = Channel::sms;
    std::string to;
    std::string template_name;
    Language language = Language::fr;
    std::vector<std::string> parameters;
    std::optional<Instant> expires_at{};  // an expired code is not sent
    // The outbox row of the event that caused it, which may be handled twice: one message per event, template,
    // recipient.
    std::optional<std::int64_t> event{};
    // The account that `to` belongs to, whose open pages are told as well and whose choices are kept to, and the
    // booking or trip it is about. Told again if its event is handled twice, since a client only reads once more.
    struct Reader {
        UserId id;
        SubjectId about;
    };
    std::optional<Reader> reader{};
    // When it is about something at a certain time: it does not wait beyond that for quiet hours to end.
    std::optional<Instant> not_after{};
};

class Notifications {
public:
    // The sealing keys derive from the ring. Without records, everything is sent at once, and nothing is known of it.
    Notifications(Messengers messengers, const crypto::KeyRing& ring, live::Announcer announcer = {},
                  std::optional<Records> records = {});

    bool reaches(Channel channel) const { return courier_.reaches(channel); }

    // In the transaction that causes it; delivered soon after the commit. A second call for an event changes nothing.
    Task<void> send(db::Transaction& tx, Notification notification, Instant now);

    db::Subscription subscription();
    db::Subscription urgent_subscription();  // for messages that expire

    // Sends for what has waited until its reader's quiet hours ended.
    Task<void> end_quiet_hours(Instant now);

private:
    Task<bool> enqueue(db::Transaction& tx, Notification notification, Instant now);  // false: it was before
    Task<void> deliver_code(db::OutboxMessage message);
    Task<void> deliver_letter(db::OutboxMessage message);
    Task<bool> lay_aside(db::OutboxMessage message, Letter opened, std::optional<Instant> quiet_until);
    Task<void> deliver_due(db::OutboxMessage message);
    Task<void> deliver_all(std::vector<QuietLetter> waiting);
    Task<std::optional<Instant>> end_of_quiet_for(std::optional<UserId> reader);
    std::vector<std::string> lines_of(std::string_view to) const;
    Task<Result<Nothing>> release(db::Transaction& tx, Instant now, bool& more);

    crypto::PurposeKeys keys_;
    Courier courier_;
    live::Announcer announcer_;
    std::optional<Records> records_;
    ChoiceRows choices_;
    QuietLetters quiet_;
    PushRows browsers_;
};

}  // namespace safargo::notifications
