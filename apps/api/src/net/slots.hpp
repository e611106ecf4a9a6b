// How many requests go to one host at once; the others wait in the order of their arrival. Waiting here and not within
// libcurl keeps the time spent in the queue apart from the time that the host takes.
#pragma once

#include "core/task.hpp"
#include "net/client.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <list>
#include <optional>
#include <utility>

namespace safargo::net {

class Slots {
public:
    // Gives its place back when destroyed. The Slots must outlive it.
    class Slot {
    public:
        explicit Slot(Slots& slots) : slots_(&slots) {}
        Slot(Slot&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)) {}
        Slot& operator=(Slot&&) = delete;
        ~Slot() {
            if (slots_ != nullptr) slots_->give_back();
        }

    private:
        Slots* slots_;
    };

    Slots(boost::asio::any_io_executor executor, std::size_t places, std::size_t most_waiting)
        : executor_(std::move(executor)), places_(places), free_(places), most_waiting_(most_waiting) {}
    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;

    bool is_full() const { return free_ == 0 && waiting_.size() >= most_waiting_; }
    // nullopt if none was free in time. Throws operation_aborted when the caller is cancelled. The Slots must outlive
    // it.
    Task<std::optional<Slot>> take(Deadline until);

    bool is_unused() const { return free_ == places_; }
    std::size_t waiting() const { return waiting_.size(); }

private:
    class Waiter;
    void give_back();

    boost::asio::any_io_executor executor_;
    std::size_t places_;
    std::size_t free_;
    std::size_t most_waiting_;
    std::list<Waiter*> waiting_;
};

}  // namespace safargo::net
