// The listeners told of a trip's edits, start, end and cancellation, in the order they were added. Built before trips,
// filled by the modules built after them.
#pragma once

#include "features/trips/events.hpp"

#include <vector>

namespace safargo::trips {

class TripListeners final : public TripListener {
public:
    // Before the first request. `listener` outlives this.
    void add(TripListener& listener) { listeners_.push_back(&listener); }

    Task<void> free_overdue(db::Transaction& tx, Trip& trip) override;
    // The first refusal stops it.
    Task<Result<Nothing>> edited(db::Transaction& tx, const Trip& before, const Trip& after) override;
    Task<void> started(db::Transaction& tx, const Trip& trip) override;
    Task<void> completed(db::Transaction& tx, const Trip& trip) override;
    Task<void> cancelled(db::Transaction& tx, const Trip& trip, CancelledBy by) override;
    Task<bool> anyone_boarded(db::Transaction& tx, const Trip& trip) override;

private:
    std::vector<TripListener*> listeners_;
};

}  // namespace safargo::trips
