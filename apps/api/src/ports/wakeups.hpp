// Tells every replica that something happened, quickly and without a promise: whoever listens also looks by itself.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace safargo {

class Wakeups {
public:
    using Listener = std::function<void(std::string_view payload)>;

    virtual ~Wakeups() = default;
    // From any thread; returns at once. Lost when no transport is available.
    virtual void publish(std::string payload) = 0;
    // `listener` is called on any thread. An empty payload means "some may have been missed".
    virtual void listen(Listener listener) = 0;
};

}  // namespace safargo
