#include "features/trips/listeners.hpp"

namespace safargo::trips {

Task<void> TripListeners::free_overdue(db::Transaction& tx, Trip& trip) {
    for (TripListener* listener : listeners_) co_await listener->free_overdue(tx, trip);
}

Task<Result<Nothing>> TripListeners::edited(db::Transaction& tx, const Trip& before, const Trip& after) {
    for (TripListener* listener : listeners_) {
        if (auto agreed = co_await listener->edited(tx, before, after); !agreed) co_return agreed;
    }
    co_return Nothing{};
}

Task<void> TripListeners::started(db::Transaction& tx, const Trip& trip) {
    for (TripListener* listener : listeners_) co_await listener->started(tx, trip);
}

Task<void> TripListeners::completed(db::Transaction& tx, const Trip& trip) {
    for (TripListener* listener : listeners_) co_await listener->completed(tx, trip);
}

Task<void> TripListeners::cancelled(db::Transaction& tx, const Trip& trip, CancelledBy by) {
    for (TripListener* listener : listeners_) co_await listener->cancelled(tx, trip, by);
}

Task<bool> TripListeners::anyone_boarded(db::Transaction& tx, const Trip& trip) {
    for (TripListener* listener : listeners_) {
        if (co_await listener->anyone_boarded(tx, trip)) co_return true;
    }
    co_return false;
}

}  // namespace safargo::trips
