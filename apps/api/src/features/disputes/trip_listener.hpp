// Cancelling a trip makes its undecided disputes moot: they are closed.
#pragma once

#include "features/trips/events.hpp"

namespace safargo::disputes {

// Runs after the listener of bookings, which moves such bookings out of the state "disputed". Ignores all other trip
// events.
class DisputeTripListener final : public trips::TripListener {
public:
    Task<void> free_overdue(db::Transaction&, trips::Trip&) override { co_return; }
    Task<Result<Nothing>> edited(db::Transaction&, const trips::Trip&, const trips::Trip&) override {
        co_return Nothing{};
    }
    Task<void> started(db::Transaction&, const trips::Trip&) override { co_return; }
    Task<void> completed(db::Transaction&, const trips::Trip&) override { co_return; }
    Task<void> cancelled(db::Transaction& tx, const trips::Trip& trip, trips::CancelledBy by) override;
    Task<bool> anyone_boarded(db::Transaction&, const trips::Trip&) override { co_return false; }
};

}  // namespace safargo::disputes
