// Tells every replica that something happened, quickly and without a promise: whoever listens also looks by itself.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace safargo {

class Wakeups {
public:
    using Listener = std::function<void(std::string_view payload)>;

    static constexpr std::size_t longest_payload = 7'000;  // bytes; a longer one is told as "some were missed"

    virtual ~Wakeups() = default;
    // From any thread; returns at once. Everybody hears it, this process too, and may hear it twice; what is published
    // again before it was sent travels once. All users share one stream: a payload begins with its topic.
    // Lost when no transport is available; listeners then hear an empty payload once one is.
    virtual void publish(std::string payload) = 0;
    // From any thread. `listener` is called on any thread, must be quick and is kept for ever: it owns what it uses, or
    // looks whether that is still there. An empty payload means "some may have been missed".
    virtual void listen(Listener listener) = 0;
};

}  // namespace safargo
