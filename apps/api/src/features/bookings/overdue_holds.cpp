#include "features/bookings/overdue_holds.hpp"

#include "db/sweep.hpp"

namespace safargo::bookings {
namespace {

constexpr std::size_t batch = 100;

}  // namespace

// Ids are selected without locks; each booking is checked again once its trip and it are locked.
Task<int> OverdueHolds::expire_all(Instant now) {
    return db::sweep<BookingId>(
        database_, "hold_not_expired", batch,
        [this, now](OverdueHold last) { return rows_.find_overdue(database_, now, last, batch); },
        [this, now](db::Transaction& tx, BookingId id) { return expire_one(tx, id, now); });
}

Task<Result<bool>> OverdueHolds::expire_one(db::Transaction& tx, BookingId id, Instant now) {
    auto locked = co_await lock_with_trip(tx, seats_, id);
    if (!locked || !locked->booking.is_overdue(now)) co_return false;
    co_await transitions_.expire(tx, locked->trip, locked->booking, now);
    co_return true;
}

}  // namespace safargo::bookings
