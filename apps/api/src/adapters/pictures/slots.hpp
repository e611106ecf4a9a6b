// How many processes may decode at the same moment, counted over all threads of this process.
#pragma once

#include "core/task.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace safargo::pictures {

class Slots {
public:
    Slots(std::size_t at_once, std::size_t most_waiting) : free_(at_once), most_waiting_(most_waiting) {}
    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;

    // One slot, given back when destroyed.
    class Held {
    public:
        explicit Held(Slots& slots) : slots_(&slots) {}
        Held(Held&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
        Held& operator=(Held&&) = delete;
        ~Held() {
            if (slots_ != nullptr) slots_->give_back();
        }

    private:
        Slots* slots_;
    };

    // In the order of asking. Throws DependencyUnavailable: at once if too many wait already, and at the deadline.
    Task<Held> take(std::chrono::steady_clock::time_point deadline);

private:
    struct Waiter;
    class Waiting;

    bool take_free();
    void give_back();

    std::mutex mutex_;
    std::size_t free_;
    std::size_t most_waiting_;
    std::list<std::shared_ptr<Waiter>> waiting_;
};

}  // namespace safargo::pictures
