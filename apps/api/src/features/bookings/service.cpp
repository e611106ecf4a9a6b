// Every action: lock, check the caller, let an overdue hold expire, apply the transition, show the result.
#include "features/bookings/service.hpp"

#include "features/bookings/ride_rules.hpp"
#include "features/users/service.hpp"

#include <algorithm>

namespace safargo::bookings {
namespace {

// The account may have been deleted or suspended since the caller was authenticated.
std::optional<Code> refuse_account(AccountStatus status) {
    switch (status) {
        case AccountStatus::active:
            return std::nullopt;
        case AccountStatus::suspended:
            return Code::account_suspended;
        case AccountStatus::banned:
        case AccountStatus::deleted:
            break;
    }
    return Code::unauthenticated;
}

// If true, no other passenger's overdue hold is in the way.
bool has_room(const trips::Trip& trip, const BookSeats& wanted) {
    const int legs = static_cast<int>(trip.leg_seats_left.size());
    for (int leg = static_cast<int>(wanted.from_stop); leg < std::min(static_cast<int>(wanted.to_stop), legs); ++leg) {
        if (trip.leg_seats_left[static_cast<std::size_t>(leg)] < static_cast<int>(wanted.seats)) return false;
    }
    return true;
}

}  // namespace

BookingService::BookingService(db::Database& database, const Clock& clock, trips::Seats& seats,
                               payments::Payments& payments, const BookingTransitions& transitions,
                               const BoardingCodes& codes)
    : database_(database),
      clock_(clock),
      seats_(seats),
      payments_(payments),
      transitions_(transitions),
      codes_(codes),
      reader_(payments, codes) {}

Task<Result<BookingView>> BookingService::book(db::Transaction& tx, Caller caller, BookSeats wanted) {
    if (auto accepted = payments_.accepts(wanted.payment_method); !accepted) co_return fail(accepted.error());
    const Booker booker = co_await rows_.lock_booker(tx, caller.id, clock_.now());
    if (const auto refused = refuse_account(booker.status)) co_return fail(*refused);
    auto trips = co_await lock_for_booking(tx, caller.id, wanted, booker.overdue_on);
    const auto trip = std::ranges::find(trips, wanted.trip_id, &trips::Trip::id);
    if (trip == trips.end()) co_return fail(Code::not_found);

    const Instant now = clock_.now();
    if (auto refused = refusal(*trip, booker.passenger, wanted, now)) co_return fail(*refused);
    const Booking booking = make_booking(*trip, caller.id, wanted, now);
    auto taken = co_await seats_.take(tx, *trip, booking.from_stop, booking.to_stop, booking.seats);
    if (!taken) co_return fail(taken.error());
    if (auto inserted = co_await rows_.insert(tx, booking); !inserted) co_return fail(inserted.error());

    auto payment = co_await payments_.open(tx, booking.charge(), now);
    if (booking.status == BookingStatus::awaiting_payment) co_await payments_.hold_later(tx, booking.id, now);
    transitions_.announce(tx, booking, news_of(booking.status), now);
    co_return co_await reader_.read(tx, booking.id, caller.id, std::move(payment));
}

// Locks the wanted trip and those on which the passenger's own overdue holds are in the way, and expires these holds:
// booking does not wait for the sweeper.
Task<std::vector<trips::Trip>> BookingService::lock_for_booking(db::Transaction& tx, UserId passenger, BookSeats wanted,
                                                                std::vector<TripId> overdue_on) {
    std::vector<TripId> ids = std::move(overdue_on);
    const bool blocks_seats = !ids.empty();
    if (std::ranges::find(ids, wanted.trip_id) == ids.end()) ids.push_back(wanted.trip_id);
    auto trips = co_await seats_.lock_all(tx, ids);
    const auto trip = std::ranges::find(trips, wanted.trip_id, &trips::Trip::id);
    if (!blocks_seats && (trip == trips.end() || has_room(*trip, wanted))) co_return trips;
    const Instant now = clock_.now();
    auto overdue = co_await rows_.lock_overdue(tx, std::move(ids), wanted.trip_id, passenger, now);
    co_await lock_drivers_of(tx, overdue);
    for (Booking& hold : overdue) {
        co_await transitions_.expire(tx, *std::ranges::find(trips, hold.trip, &trips::Trip::id), hold, now);
    }
    co_return trips;
}

// They may belong to several drivers, each with a counter of ignored requests.
Task<void> BookingService::lock_drivers_of(db::Transaction& tx, const std::vector<Booking>& overdue) {
    std::vector<UserId> drivers;
    drivers.reserve(overdue.size());
    for (const Booking& hold : overdue) drivers.push_back(hold.driver);
    if (drivers.size() > 1) co_await users::lock_people(tx, std::move(drivers));
}

Task<Result<BookingView>> BookingService::hold_now(Caller caller, BookingView view) {
    if (view.status != BookingStatus::awaiting_payment) co_return view;
    co_await payments_.hold_now(view.id);
    co_return co_await reader_.find(database_, caller, view.id);
}

struct BookingService::Acting {
    LockedBooking locked;
    Instant now;
    bool expired_just_now = false;  // is committed, although the action is refused
};

Task<Result<BookingService::Acting>> BookingService::begin(db::Transaction& tx, Caller caller, BookingId id, Who who,
                                                           bool may_start) {
    const auto seen = co_await rows_.find(tx, id);
    const bool passenger = seen && seen->passenger == caller.id;
    const bool driver = seen && seen->driver == caller.id;
    const bool admin = seen && caller.administers() && who == Who::anyone_involved;
    if (!passenger && !driver && !admin) co_return fail(Code::not_found);
    if (who == Who::driver_only && !driver) co_return fail(Code::forbidden);

    auto locked = may_start ? co_await lock_with_driver(tx, seats_, id) : co_await lock_with_trip(tx, seats_, id);
    Acting acting{std::move(locked.value()), clock_.now()};
    acting.expired_just_now = acting.locked.booking.is_overdue(acting.now);
    if (acting.expired_just_now) {
        co_await transitions_.expire(tx, acting.locked.trip, acting.locked.booking, acting.now);
    }
    co_return acting;
}

Task<Result<BookingView>> BookingService::finish(db::Transaction& tx, Caller caller, const Acting& acting,
                                                 Result<Nothing> moved) {
    if (!moved) {
        moved.error().keeps_effects |= acting.expired_just_now;
        co_return fail(std::move(moved.error()));
    }
    co_return co_await reader_.read(tx, acting.locked.booking.id, caller.id);
}

Task<Result<BookingView>> BookingService::accept(db::Transaction& tx, Caller caller, BookingId id) {
    auto acting = co_await begin(tx, caller, id, Who::driver_only);
    if (!acting) co_return fail(std::move(acting.error()));
    auto& [trip, booking] = acting->locked;
    Result<Nothing> moved = may_accept(booking, trip, acting->now);
    if (moved) {
        const bool sure = booking.method == payments::Method::cash || co_await is_paid(tx, id);
        const BookingEvent event = sure ? BookingEvent::confirm : BookingEvent::accept_unpaid;
        moved = co_await transitions_.advance(tx, booking, event, acting->now);
    }
    if (moved) co_await users::count_answer(tx, booking.driver, acting->now - booking.created_at);
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

// The payment may precede the driver's answer: the passenger paid early, or the provider reported it late.
Task<bool> BookingService::is_paid(db::Session& session, BookingId id) {
    const auto payment = co_await payments_.find(session, id);
    co_return payment && payment->status == payments::PaymentStatus::hold;
}

Task<Result<BookingView>> BookingService::decline(db::Transaction& tx, Caller caller, BookingId id) {
    auto acting = co_await begin(tx, caller, id, Who::driver_only);
    if (!acting) co_return fail(std::move(acting.error()));
    auto& [trip, booking] = acting->locked;
    auto moved =
        co_await transitions_.end(tx, trip, booking, BookingEvent::decline, everything_back(booking), acting->now);
    if (moved) co_await users::count_answer(tx, booking.driver, acting->now - booking.created_at);
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

Task<Result<BookingView>> BookingService::cancel(db::Transaction& tx, Caller caller, BookingId id) {
    auto acting = co_await begin(tx, caller, id, Who::anyone_involved);
    if (!acting) co_return fail(std::move(acting.error()));
    const auto& [trip, booking] = acting->locked;
    const BookingEvent event = booking.passenger == caller.id ? BookingEvent::cancel_by_passenger
                               : booking.driver == caller.id  ? BookingEvent::cancel_by_driver
                                                              : BookingEvent::cancel_by_admin;
    Result<Nothing> moved = may_cancel(booking, event, trip, acting->now);
    if (moved) moved = co_await call_off(tx, caller, *acting, event);
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

Task<Result<Nothing>> BookingService::call_off(db::Transaction& tx, Caller caller, Acting& acting, BookingEvent event) {
    auto& [trip, booking] = acting.locked;
    CancellationPolicy policy = co_await rows_.find_policy(tx, booking.created_at);
    // A driver who has set off relies on their passengers.
    if (trip.status != trips::TripStatus::open) policy.grace.reset();
    const bool by_passenger = event == BookingEvent::cancel_by_passenger;
    const bool late =
        by_passenger ? is_late(booking, policy, acting.now) : is_late_for_driver(booking, policy, acting.now);
    const payments::Split split =
        by_passenger ? passenger_cancels(booking, policy, acting.now) : everything_back(booking);
    auto moved = co_await transitions_.end(tx, trip, booking, event, split, acting.now);
    if (moved && late && event != BookingEvent::cancel_by_admin) co_await users::count_late_cancellation(tx, caller.id);
    co_return moved;
}

Task<Result<BookingView>> BookingService::board(db::Transaction& tx, Caller caller, BookingId id, Board proof) {
    if (!proof.pin && !proof.token) co_return fail("pin", {Rule::required});
    if (proof.pin && proof.token) co_return fail("token", {Rule::too_many, "1"});
    auto acting = co_await begin(tx, caller, id, Who::driver_only, true);
    if (!acting) co_return fail(std::move(acting.error()));
    const bool late = proof.token && takes_late_proof(acting->locked.booking, acting->now);
    auto moved = late ? co_await record_late_proof(tx, *acting, proof) : co_await board_passenger(tx, *acting, proof);
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

// The code is checked last: if boarding is not allowed now, no attempt is counted; and a wrong code starts no trip.
Task<Result<Nothing>> BookingService::board_passenger(db::Transaction& tx, Acting& acting, const Board& proof) {
    auto& [trip, booking] = acting.locked;
    if (auto may = may_board(booking, trip); !may) co_return may;
    const bool starts = trip.status == trips::TripStatus::open;
    if (starts) {
        if (auto may = seats_.may_start(trip); !may) co_return may;
    }
    if (auto good = co_await check_proof(tx, booking, proof); !good) co_return good;
    if (starts) {
        if (auto begun = co_await seats_.begin_ride(tx, trip); !begun) co_return begun;
    }
    co_return co_await transitions_.advance(tx, booking, BookingEvent::board, acting.now);
}

Task<Result<Nothing>> BookingService::record_late_proof(db::Transaction& tx, Acting& acting, const Board& proof) {
    Booking& booking = acting.locked.booking;
    if (auto good = co_await check_proof(tx, booking, proof); !good) co_return good;
    booking.boarded_at = acting.now;
    if (!co_await rows_.save(tx, booking)) throw std::logic_error("an ended ride violates a constraint of active ones");
    co_return Nothing{};
}

Task<Result<Nothing>> BookingService::check_proof(db::Transaction& tx, Booking& booking, const Board& proof) {
    if (proof.token) {
        if (codes_.is_token(booking, proof.token->str())) co_return Nothing{};
        co_return fail(Code::boarding_code_invalid);
    }
    if (booking.pin_attempts >= pin_tries) co_return fail(Code::boarding_locked);
    if (codes_.is_pin(booking.id, proof.pin->str())) co_return Nothing{};
    ++booking.pin_attempts;
    co_await rows_.save(tx, booking);
    co_return fail(Error{.code = Code::boarding_code_invalid, .keeps_effects = true});
}

// Each may report the other.
Task<Result<BookingView>> BookingService::report_missing(db::Transaction& tx, Caller caller, BookingId id) {
    auto acting = co_await begin(tx, caller, id, Who::passenger_or_driver);
    if (!acting) co_return fail(std::move(acting.error()));
    auto& [trip, booking] = acting->locked;
    const bool by_driver = booking.driver == caller.id;
    const BookingEvent event = by_driver ? BookingEvent::passenger_missing : BookingEvent::driver_missing;
    Result<Nothing> moved{};
    if (auto refused = no_show_refusal(trip, booking, event, acting->now)) {
        moved = fail(std::move(*refused));
    } else if (by_driver) {
        moved = co_await transitions_.report_passenger_missing(tx, trip, booking, acting->now);
    } else {
        moved = co_await transitions_.report_driver_missing(tx, trip, booking, acting->now);
    }
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

Task<Result<BookingView>> BookingService::complete(db::Transaction& tx, Caller caller, BookingId id) {
    auto acting = co_await begin(tx, caller, id, Who::driver_only);
    if (!acting) co_return fail(std::move(acting.error()));
    auto& [trip, booking] = acting->locked;
    Result<Nothing> moved = may_get_off(booking, trip);
    if (moved) {
        moved = co_await transitions_.complete(tx, booking, acting->now);
        co_await users::count_travelled(tx, {booking.passenger});
    }
    co_return co_await finish(tx, caller, *acting, std::move(moved));
}

}  // namespace safargo::bookings
