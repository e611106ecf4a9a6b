#include "features/search/trip_loading.hpp"

#include <utility>

namespace safargo::search {
namespace {

// A million trips go by in one stream, so that the server reads ahead while we build; drivers before their trips, since
// most have several.
const std::string copy_drivers = "copy (select " + std::string(driver_columns) + R"( from users u
    where exists (select from trips t where t.driver_id = u.id and t.status = 'open')) to stdout (format binary))";
const std::string copy_trips =
    "copy (select " + std::string(trip_columns) + " from trips t where t.status = 'open') to stdout (format binary)";
// Into an index that holds trips: changes wait unpacked, twice as large as when they are published; each publishing
// sorts its days again.
constexpr std::size_t publish_every = 200'000;

}  // namespace

void keep_only(const TripSet& trips, matching::TripIndex& index) {
    index.for_each_trip([&](const matching::TripName& known) {
        if (!trips.contains(known.trip)) index.remove(known.trip, known.version + 1);
    });
}

TripLoading::TripLoading(matching::TripIndex& index, DriverCards& drivers)
    : index_(index), drivers_(drivers), bulk_(index.start_bulk_load()) {}

Task<void> TripLoading::read(db::Transaction& tx) {
    db::CopyRow driver{driver_copy_columns};
    co_await tx.copy_out(copy_drivers, [&](std::string_view chunk) {
        if (driver.take(chunk)) load_driver(read_driver(driver));
    });
    db::CopyRow trip{trip_copy_columns};
    co_await tx.copy_out(copy_trips, [&](std::string_view chunk) {
        if (trip.take(chunk)) load_trip(trip);
    });
    esteem_ = {};
}

void TripLoading::load_driver(users::DriverCard driver) {
    esteem_.insert_or_assign(driver.id, esteem_of(driver));
    drivers_.put(std::move(driver));
}

void TripLoading::load_trip(const db::CopyRow& row) {
    if (!bulk_) seen_.insert(row.get<TripId>(0));
    if (!read_trip(row, trip_)) {
        if (!bulk_) index_.remove(row.get<TripId>(0), row.get<std::int64_t>(1));
        return;
    }
    set_driver(trip_, esteem_[trip_.driver]);
    if (add() == matching::Applied::malformed) report_malformed(trip_.id);
}

matching::Applied TripLoading::add() {
    if (bulk_) return bulk_->add(trip_);
    if (++rows_ % publish_every == 0) index_.publish();
    return index_.apply(trip_);
}

void TripLoading::publish() {
    if (bulk_) {
        index_.publish(std::move(bulk_));
        return;
    }
    index_.publish();
    keep_only(seen_, index_);
    index_.publish();
}

}  // namespace safargo::search
