#include "http/single_flight.hpp"

#include "core/wakeup.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>
#include <vector>

namespace safargo::http {

struct SingleFlight::Waiter {
    explicit Waiter(const boost::asio::any_io_executor& its_executor) : executor(its_executor), bell(its_executor) {}

    boost::asio::any_io_executor executor;
    Wakeup bell;
    Answer answer;  // written before the bell is rung
};

struct SingleFlight::Flight {
    std::vector<std::shared_ptr<Waiter>> waiters;
};

// A waiter's place in a flight. Its thread may end before the flight does: then nobody may ring there.
class SingleFlight::Seat {
public:
    Seat(SingleFlight& flights, std::shared_ptr<Flight> flight, std::shared_ptr<Waiter> waiter)
        : flights_(flights), flight_(std::move(flight)), waiter_(std::move(waiter)) {}
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() {
        const std::lock_guard lock(flights_.mutex_);
        std::erase(flight_->waiters, waiter_);
    }

private:
    SingleFlight& flights_;
    std::shared_ptr<Flight> flight_;
    std::shared_ptr<Waiter> waiter_;
};

void SingleFlight::Lead::land(Answer answer) {
    SingleFlight* flights = std::exchange(flights_, nullptr);
    if (flights == nullptr) return;
    const std::lock_guard lock(flights->mutex_);
    const auto found = flights->flights_.find(key_);
    for (std::shared_ptr<Waiter>& waiter : found->second->waiters) {
        waiter->answer = answer;
        auto executor = waiter->executor;
        boost::asio::post(executor, [rung = std::move(waiter)] { rung->bell.ring(); });
    }
    found->second->waiters.clear();
    flights->flights_.erase(found);
}

std::optional<SingleFlight::Lead> SingleFlight::lead(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto [flight, is_first] = flights_.try_emplace(key);
    if (!is_first) return std::nullopt;
    flight->second = std::make_shared<Flight>();
    return std::optional<Lead>(std::in_place, *this, key);
}

Task<SingleFlight::Answer> SingleFlight::wait(std::string key, std::chrono::milliseconds at_most) {
    auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor);
    std::shared_ptr<Flight> flight;
    {
        const std::lock_guard lock(mutex_);
        const auto found = flights_.find(key);
        if (found == flights_.end()) co_return nullptr;
        flight = found->second;
        flight->waiters.push_back(waiter);
    }
    const Seat seat(*this, std::move(flight), waiter);
    co_await waiter->bell.wait(at_most);
    const std::lock_guard lock(mutex_);  // its time may be up while the answer is being handed over
    co_return waiter->answer;
}

}  // namespace safargo::http
