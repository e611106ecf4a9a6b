#include "features/trips/lifecycle.hpp"

#include "contract/json.hpp"
#include "core/local_time.hpp"
#include "db/outbox.hpp"
#include "features/trips/transitions.hpp"
#include "features/users/service.hpp"

namespace safargo::trips {
namespace {

constexpr std::size_t overdue_batch = 100;

// A ride ended before a third of its time has passed does not count as driven.
bool lasted(const Trip& trip, Instant now) {
    return now >= trip.departure() + (trip.arrival() - trip.departure()) / 3;
}

}  // namespace

void announce_cancellation(db::Transaction& tx, const Trip& trip, CancelledBy by, Instant now) {
    if (by == CancelledBy::driver) return;
    db::publish(
        tx, trip_cancelled,
        {.ordering_key = "trip:" + trip.id.str(), .payload = contract::to_json(TripCancelled{trip.id, trip.driver})},
        now, now);
}

Result<Nothing> TripLifecycle::may_start(const Trip& trip) const {
    if (!rules_.start_window) return Nothing{};
    const Instant opens_at = trip.departure() - *rules_.start_window;
    if (clock_.now() < opens_at) return fail(too_early(opens_at));
    return Nothing{};
}

void TripLifecycle::tell_driver(db::Transaction& tx, const Trip& trip, std::string_view what) const {
    announcer_.tell(tx, live::News::of(trip.id, what), {trip.driver}, clock_.now());
}

Task<Result<Nothing>> TripLifecycle::begin_ride(db::Transaction& tx, Trip& trip) {
    const auto status = next_status(trip.status, TripAction::start);
    if (!status) co_return std::unexpected(status.error());
    if (auto may = may_start(trip); !may) co_return may;
    trip.status = *status;
    co_await rows_.set_status(tx, trip.id, *status, clock_.now());
    tell_driver(tx, trip, "started");
    co_await listener_.started(tx, trip);
    co_return Nothing{};
}

Task<Result<Nothing>> TripLifecycle::end_ride(db::Transaction& tx, Trip& trip) {
    const auto status = next_status(trip.status, TripAction::complete);
    if (!status) co_return std::unexpected(status.error());
    if (trip.status == TripStatus::open) {
        auto begun = co_await begin_ride(tx, trip);
        if (!begun) co_return begun;
    }
    trip.status = *status;
    co_await rows_.set_status(tx, trip.id, *status, clock_.now());
    tell_driver(tx, trip, "completed");
    co_await listener_.completed(tx, trip);
    if (lasted(trip, clock_.now()) && co_await rows_.took_somebody(tx, trip.id)) {
        co_await users::count_driven(tx, trip.driver);
    }
    co_return Nothing{};
}

Task<Result<Nothing>> TripLifecycle::call_off(db::Transaction& tx, Trip& trip, CancelledBy by) {
    const auto status = next_status(trip.status, TripAction::cancel);
    if (!status) co_return std::unexpected(status.error());
    trip.status = *status;
    co_await rows_.set_status(tx, trip.id, *status, clock_.now());
    tell_driver(tx, trip, "cancelled");
    co_await listener_.cancelled(tx, trip, by);
    announce_cancellation(tx, trip, by, clock_.now());
    co_return Nothing{};
}

Task<Result<TripView>> TripLifecycle::start(db::Transaction& tx, Caller caller, TripId id) {
    auto own = co_await lock_own_trip(tx, drivers_, caller.id, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    auto begun = co_await begin_ride(tx, own->trip);
    if (!begun) co_return std::unexpected(std::move(begun.error()));
    co_return co_await reader_.show_to_driver(tx, id);
}

Task<Result<TripView>> TripLifecycle::complete(db::Transaction& tx, Caller caller, TripId id) {
    auto own = co_await lock_own_trip(tx, drivers_, caller.id, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    auto ended = co_await end_ride(tx, own->trip);
    if (!ended) co_return std::unexpected(std::move(ended.error()));
    co_return co_await reader_.show_to_driver(tx, id);
}

Task<Result<TripView>> TripLifecycle::cancel(db::Transaction& tx, Caller caller, TripId id) {
    // A trip never changes hands, so its driver may be read before the locks.
    const auto seen = co_await rows_.find(tx, id);
    const bool own_trip = seen && seen->driver == caller.id;
    if (!seen || (!own_trip && !caller.administers())) co_return fail(Code::not_found);
    auto own = co_await lock_own_trip(tx, drivers_, seen->driver, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    auto cancelled = co_await call_off(tx, own->trip, own_trip ? CancelledBy::driver : CancelledBy::admin);
    if (!cancelled) co_return std::unexpected(std::move(cancelled.error()));
    co_return co_await reader_.show_to_driver(tx, id);
}

// The id was found without a lock, so the trip may have ended, or moved, since.
Task<Result<bool>> TripLifecycle::end_overdue(db::Transaction& tx, TripId id, Instant now) {
    const auto seen = co_await rows_.find(tx, id);
    if (!seen) co_return fail(Code::not_found);
    auto own = co_await lock_own_trip(tx, drivers_, seen->driver, id);
    if (!own) co_return std::unexpected(std::move(own.error()));
    if (own->trip.arrival() + overdue_after >= now) co_return fail(Code::illegal_transition);
    const bool travelled = co_await listener_.anyone_boarded(tx, own->trip);
    const auto ended =
        travelled ? co_await end_ride(tx, own->trip) : co_await call_off(tx, own->trip, CancelledBy::system);
    if (!ended) co_return std::unexpected(ended.error());
    co_return true;
}

Task<int> TripLifecycle::complete_overdue(Instant now) {
    return db::sweep<TripId>(
        database_, "trip_not_ended", overdue_batch,
        [this, now](OverdueTrip last) { return rows_.overdue(database_, now - overdue_after, last, overdue_batch); },
        [this, now](db::Transaction& tx, TripId id) { return end_overdue(tx, id, now); });
}

}  // namespace safargo::trips
