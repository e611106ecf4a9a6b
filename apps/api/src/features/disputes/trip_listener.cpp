#include "features/disputes/trip_listener.hpp"

namespace safargo::disputes {
namespace {

// A ride that took place stays disputed, whatever happens to its trip.
constexpr db::Statement close_undecided{"dispute_close_undecided", R"(
    update disputes x set status = 'closed' from bookings b
    where b.trip_id = $1 and x.booking_id = b.id and b.status <> 'disputed' and x.status in ('open', 'in_review'))"};

}  // namespace

Task<void> DisputeTripListener::cancelled(db::Transaction& tx, const trips::Trip& trip, trips::CancelledBy) {
    co_await tx.query(close_undecided, trip.id);
}

}  // namespace safargo::disputes
