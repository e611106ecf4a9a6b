// Wakes the streams of people who have news: those of this process at once, those of other replicas through Wakeups.
#pragma once

#include "core/ids.hpp"
#include "ports/wakeups.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::live {

// One thread's streams.
class Bell {
public:
    virtual ~Bell() = default;
    // From any thread; returns at once and throws nothing. Empty: anybody may have news.
    virtual void ring(const std::vector<UserId>& people) = 0;
};

// One per process. Thread-safe. A wake-up that is lost only delays: streams also look by themselves.
class Bells {
public:
    Bells();

    void hang(Bell& bell);
    void take_down(Bell& bell);  // it is not rung any more when this returns

    // The first one counts: each thread brings the same. It must outlive this object's use.
    void connect(Wakeups& wakeups);

    void ring_everywhere(const std::vector<UserId>& people);

private:
    void ring_here(const std::vector<UserId>& people);
    void on_wakeup(std::string_view payload);

    const std::string name_;  // of this process, whose own wake-ups come back to it
    std::mutex mutex_;
    std::vector<Bell*> bells_;
    Wakeups* wakeups_ = nullptr;
};

}  // namespace safargo::live
