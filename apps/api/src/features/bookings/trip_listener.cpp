#include "features/bookings/trip_listener.hpp"

#include "features/bookings/ride_rules.hpp"
#include "features/users/service.hpp"

#include <stdexcept>
#include <utility>

namespace safargo::bookings {
namespace {

using trips::CancelledBy;

// The transition that best names who ended it; the system closes a trip that its driver left open, as an admin would.
BookingEvent ending_of(BookingStatus status, CancelledBy by) {
    const bool driver = by == CancelledBy::driver;
    switch (status) {
        case BookingStatus::requested:
            return driver ? BookingEvent::decline : BookingEvent::expire;
        case BookingStatus::awaiting_payment:
        case BookingStatus::confirmed:
            return driver ? BookingEvent::cancel_by_driver : BookingEvent::cancel_by_admin;
        default:
            return BookingEvent::complete;  // already aboard: the ride ends here and is not charged
    }
}

bool was_a_ride(const Booking& booking) {
    return booking.completed_at && !is_short_ride(booking, *booking.completed_at);
}

// Everyone whose profile counters the trip may change.
std::vector<UserId> people_of(const trips::Trip& trip, const std::vector<Booking>& bookings) {
    std::vector<UserId> people{trip.driver};
    for (const Booking& booking : bookings) people.push_back(booking.passenger);
    return people;
}

}  // namespace

// The open pages of those who are or were to ride along; trips tell the driver.
void BookingTripListener::tell_passengers(db::Transaction& tx, const trips::Trip& trip, std::string_view what,
                                          const std::vector<Booking>& bookings, Instant now) const {
    std::vector<UserId> passengers;
    for (const Booking& booking : bookings) {
        if (booking.status != BookingStatus::expired) passengers.push_back(booking.passenger);
    }
    announcer_.tell(tx, live::News::of(trip.id, what), std::move(passengers), now);
}

Task<void> BookingTripListener::free_overdue(db::Transaction& tx, trips::Trip& trip) {
    if (!trip.has_passengers()) co_return;
    const Instant now = clock_.now();
    auto bookings = co_await rows_.lock_active(tx, trip.id);
    for (Booking& booking : bookings) {
        if (booking.is_overdue(now)) co_await transitions_.expire(tx, trip, booking, now);
    }
}

Task<Result<Nothing>> BookingTripListener::edited(db::Transaction& tx, const trips::Trip& before,
                                                  const trips::Trip& after) {
    const bool moved = before.stops != after.stops;
    const bool told = moved || before.preferences != after.preferences || before.note != after.note;
    if (!told) co_return Nothing{};
    const Instant now = clock_.now();
    trips::Trip current = after;
    auto bookings = co_await rows_.lock_active(tx, after.id);
    for (Booking& booking : bookings) {
        if (booking.is_overdue(now)) {
            co_await transitions_.expire(tx, current, booking, now);
        } else if (moved) {
            if (auto followed = co_await follow(tx, after, booking, now); !followed) co_return followed;
        } else {
            transitions_.announce(tx, booking, BookingNews::details_changed, now);
        }
    }
    tell_passengers(tx, after, "edited", bookings, now);
    co_return Nothing{};
}

Task<Result<Nothing>> BookingTripListener::follow(db::Transaction& tx, const trips::Trip& trip, Booking& booking,
                                                  Instant now) {
    const auto known = std::pair(booking.pickup_at, booking.dropoff_at);
    if (auto small = reschedule(booking, trip, now); !small) co_return small;
    // Next to another ride of the passenger, or a trip of their own, even a small move may overlap.
    if (!co_await rows_.save(tx, booking)) co_return fail(Code::seats_sold);
    const bool at_other_times = known != std::pair(booking.pickup_at, booking.dropoff_at);
    transitions_.announce(tx, booking, at_other_times ? BookingNews::rescheduled : BookingNews::details_changed, now);
    co_return Nothing{};
}

Task<void> BookingTripListener::started(db::Transaction& tx, const trips::Trip& trip) {
    const Instant now = clock_.now();
    trips::Trip current = trip;
    auto bookings = co_await rows_.lock_active(tx, trip.id);
    co_await users::lock_people(tx, people_of(trip, bookings));
    for (Booking& booking : bookings) {
        if (is_hold(booking.status)) co_await transitions_.expire(tx, current, booking, now);
    }
    tell_passengers(tx, trip, "started", bookings, now);
}

Task<void> BookingTripListener::completed(db::Transaction& tx, const trips::Trip& trip) {
    const Instant now = clock_.now();
    trips::Trip current = trip;
    std::vector<UserId> travelled;
    std::vector<Booking> left_out;
    auto bookings = co_await rows_.lock_active(tx, trip.id);
    co_await users::lock_people(tx, people_of(trip, bookings));
    for (Booking& booking : bookings) {
        if (is_hold(booking.status)) {
            co_await transitions_.expire(tx, current, booking, now);
            continue;
        }
        if (transitions_.was_left_out(booking, now)) {
            left_out.push_back(booking);
            continue;
        }
        if (!co_await transitions_.complete(tx, booking, now))
            throw std::logic_error("an active booking cannot complete");
        travelled.push_back(booking.passenger);
    }
    tell_passengers(tx, trip, "completed", bookings, now);
    co_await users::count_travelled(tx, std::move(travelled));
    co_await leave_out(tx, current, std::move(left_out), now);
}

// Ending a trip before a passenger's pickup calls that ride off, whatever the driver names it.
Task<void> BookingTripListener::leave_out(db::Transaction& tx, trips::Trip& trip, std::vector<Booking> bookings,
                                          Instant now) {
    bool late = false;
    for (Booking& booking : bookings) {
        late |= is_late_for_driver(booking, co_await rows_.find_policy(tx, booking.created_at), now);
        co_await cancel(tx, trip, booking, CancelledBy::driver, now);
    }
    if (late) co_await users::count_late_cancellation(tx, trip.driver);
}

Task<void> BookingTripListener::cancelled(db::Transaction& tx, const trips::Trip& trip, CancelledBy by) {
    const Instant now = clock_.now();
    trips::Trip current = trip;
    bool late = false;
    // All bookings are locked before all people, as in every counter update.
    auto bookings = co_await rows_.lock_active(tx, trip.id);
    auto early = co_await rows_.lock_completed(tx, trip.id);
    auto missed = co_await rows_.lock_missed(tx, trip.id);
    auto disputed = co_await rows_.lock_disputed(tx, trip.id);
    std::erase_if(early, was_a_ride);
    std::erase_if(disputed, was_a_ride);
    co_await take_travel_back(tx, trip, early, disputed);
    for (const auto* ended : {&bookings, &early, &missed, &disputed}) {
        tell_passengers(tx, trip, "cancelled", *ended, now);
    }
    for (Booking& booking : early) co_await transitions_.undo_completion(tx, booking, now);
    for (Booking& booking : disputed) {
        late |= !booking.completed_at;  // still contestable, and the ride is called off
        co_await transitions_.close_dispute(tx, booking, now);
    }
    for (Booking& booking : bookings) {
        late |= is_late_for_driver(booking, co_await rows_.find_policy(tx, booking.created_at), now);
        co_await cancel(tx, current, booking, by, now);
    }
    late |= co_await transitions_.refund_missed(tx, std::move(missed), now);
    if (late && by == CancelledBy::driver) co_await users::count_late_cancellation(tx, trip.driver);
}

// Completed too early to count as a ride, and charged or soon to be: these passengers have not travelled either.
Task<void> BookingTripListener::take_travel_back(db::Transaction& tx, const trips::Trip& trip,
                                                 const std::vector<Booking>& early,
                                                 const std::vector<Booking>& disputed) {
    std::vector<UserId> stayed;
    for (const Booking& booking : early) stayed.push_back(booking.passenger);
    for (const Booking& booking : disputed) {
        if (booking.completed_at) stayed.push_back(booking.passenger);
    }
    if (stayed.empty()) co_return;
    std::vector<UserId> people = stayed;
    people.push_back(trip.driver);
    co_await users::lock_people(tx, std::move(people));
    co_await users::count_not_travelled(tx, std::move(stayed));
}

Task<void> BookingTripListener::cancel(db::Transaction& tx, trips::Trip& trip, Booking& booking, CancelledBy by,
                                       Instant now) {
    const BookingEvent event = ending_of(booking.status, by);
    if (!co_await transitions_.end(tx, trip, booking, event, everything_back(booking), now)) {
        throw std::logic_error("an active booking cannot end");
    }
    if (event != BookingEvent::complete) co_return;
    co_await transitions_.advance(tx, booking, BookingEvent::settle, now);
    transitions_.announce(tx, booking, BookingNews::ride_cut_short, now);
}

Task<bool> BookingTripListener::anyone_boarded(db::Transaction& tx, const trips::Trip& trip) {
    co_return co_await rows_.has_boarded(tx, trip.id);
}

}  // namespace safargo::bookings
