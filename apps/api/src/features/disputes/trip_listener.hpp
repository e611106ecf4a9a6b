// A cancelled trip leaves nothing to decide in the disputes that nobody has decided: they are closed.
#pragma once

#include "features/trips/events.hpp"

namespace safargo::disputes {

// Is told after bookings, whose listener takes such bookings out of the state "disputed". Hears of nothing else.
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
