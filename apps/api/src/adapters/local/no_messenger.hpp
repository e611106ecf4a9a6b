// Where no vendor is configured: nobody is reached, and nothing is pretended.
#pragma once

#include "core/failures.hpp"
#include "ports/messenger.hpp"

namespace safargo::local {

class NoMessenger final : public Messenger {
public:
    bool serves(Channel) const override { return false; }
    // What waits in the outbox goes on waiting until a vendor is there.
    Task<void> deliver(Delivery) override {
        throw DependencyUnavailable("messenger", "no vendor is configured for this channel");
    }
};

}  // namespace safargo::local
