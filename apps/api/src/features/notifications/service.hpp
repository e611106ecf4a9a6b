// Messages to people leave through the outbox: sealed while they wait, in order per recipient; urgent messages that
// expire (a sign-in code) do not queue behind others.
#pragma once

#include "core/clock.hpp"
#include "core/key_ring.hpp"
#include "db/outbox.hpp"
#include "features/live/service.hpp"
#include "features/notifications/choices.hpp"
#include "features/notifications/delivery_log.hpp"
#include "ports/messenger.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

inline const db::EventKind letter{"notification.deliver", db::Listeners::one};
inline const db::EventKind urgent_letter{"code.deliver", db::Listeners::one};

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
};

class Notifications {
public:
    // What is kept about messages and people. Without it, nothing is known of what became of the messages, and
    // everybody gets all of them.
    struct Records {
        DeliveryLog& log;
        db::Database& choices;
    };

    // The sealing keys derive from the ring.
    Notifications(Messengers messengers, const crypto::KeyRing& ring, live::Announcer announcer = {},
                  std::optional<Records> records = {});

    bool reaches(Channel channel) const { return messengers_.serving(channel) != nullptr; }

    // In the transaction that causes it; delivered soon after the commit. A second call for an event changes nothing.
    Task<void> send(db::Transaction& tx, Notification notification, Instant now);

    db::Subscription subscription();
    db::Subscription urgent_subscription();  // for messages that expire

private:
    db::Subscription deliveries(std::string name, const db::EventKind& kind);
    Task<void> deliver(db::OutboxMessage message);
    Task<void> hand_over(Channel channel, Delivery delivery, std::optional<UserId> reader);
    Task<bool> may_depart(Channel channel, Delivery delivery, std::optional<UserId> reader);
    Task<bool> is_wanted(Channel channel, MessageKind kind, std::optional<UserId> reader);
    Task<void> withhold(Channel channel, Delivery delivery, std::string why);

    Messengers messengers_;
    crypto::PurposeKeys keys_;
    live::Announcer announcer_;
    std::optional<Records> records_;
    ChoiceRows choices_;
};

// Phone numbers start with '+'; anything else is an email address.
Channel channel_of(std::string_view identifier);

}  // namespace safargo::notifications
