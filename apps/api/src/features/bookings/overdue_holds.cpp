#include "features/bookings/overdue_holds.hpp"

#include "core/logging.hpp"

namespace safargo::bookings {
namespace {

constexpr int batch = 100;

}  // namespace

Task<int> OverdueHolds::expire_all(Instant now) {
    int expired = 0;
    // Ids are picked without locks; each is looked at again under the locks of its trip and its own.
    for (const BookingId id : co_await rows_.find_overdue(database_, now, batch)) {
        try {
            const auto done = co_await database_.transact<bool>(
                [this, id, now](db::Transaction& tx) { return expire_one(tx, id, now); });
            if (done && *done) ++expired;
        } catch (const db::DatabaseError& failure) {
            log::error("hold_not_expired", {{"what", std::string_view(failure.what())}});
        }
    }
    co_return expired;
}

Task<Result<bool>> OverdueHolds::expire_one(db::Transaction& tx, BookingId id, Instant now) {
    auto locked = co_await locker_.lock(tx, id);
    if (!locked || !locked->booking.is_overdue(now)) co_return false;
    co_await moves_.expire(tx, locked->trip, locked->booking, now);
    co_return true;
}

}  // namespace safargo::bookings
