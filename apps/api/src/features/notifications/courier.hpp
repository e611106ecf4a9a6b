// Hands one message to the vendor of its channel, and records what became of it.
#pragma once

#include "features/notifications/choices.hpp"
#include "features/notifications/letter.hpp"
#include "features/notifications/push_rows.hpp"
#include "features/notifications/records.hpp"
#include "ports/messenger.hpp"

#include <optional>
#include <string>

namespace safargo::notifications {

// A letter on its way.
struct Dispatch {
    std::int64_t id = 0;  // of its row in the outbox
    Letter letter;
    bool tried_before = false;
    std::optional<Instant> expires_at{};
};

class Courier {
public:
    // Without records, nothing is known of what became of the messages, and everybody gets all of them.
    Courier(Messengers messengers, crypto::PurposeKeys keys, std::optional<Records> records)
        : messengers_(messengers), keys_(std::move(keys)), records_(records) {}

    bool reaches(Channel channel) const { return messengers_.serving(channel) != nullptr; }

    // Returns once it is handed over, refused for good or withheld; throws what the vendor's messenger throws.
    Task<void> deliver(Dispatch dispatch);

    // To each browser of its reader, by itself; subscriptions that have ended are removed. Throws once all were tried
    // if one has to be tried again.
    Task<void> push(Dispatch dispatch);

private:
    Task<void> hand_over(Channel channel, Delivery delivery, Dispatch dispatch);
    Task<std::optional<std::string>> why_withheld(Channel channel, Dispatch dispatch, bool closed);
    Task<void> withhold(Channel channel, Delivery delivery, std::string why);

    Messengers messengers_;
    crypto::PurposeKeys keys_;
    std::optional<Records> records_;
    ChoiceRows choices_;
    PushRows browsers_;
};

// Whom a message for a person's browsers is addressed to: "push:<user id>".
std::string push_address(UserId reader);

// Phone numbers start with '+', addresses of browsers with "push:"; anything else is an email address.
Channel channel_of(std::string_view identifier);

}  // namespace safargo::notifications
