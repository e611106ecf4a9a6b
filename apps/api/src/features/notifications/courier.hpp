// Hands one message to the vendor of its channel, and records what became of it.
#pragma once

#include "features/notifications/choices.hpp"
#include "features/notifications/letter.hpp"
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

private:
    Task<std::optional<std::string>> why_withheld(Channel channel, Dispatch dispatch, bool closed);
    Task<void> withhold(Channel channel, Delivery delivery, std::string why);

    Messengers messengers_;
    crypto::PurposeKeys keys_;
    std::optional<Records> records_;
    ChoiceRows choices_;
};

// Phone numbers start with '+'; anything else is an email address.
Channel channel_of(std::string_view identifier);

}  // namespace safargo::notifications
