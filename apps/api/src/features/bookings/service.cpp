#include "features/bookings/service.hpp"

#include <algorithm>

namespace safargo::bookings {
namespace {

// The account may have ended since the caller was let in.
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

// Then no overdue hold of other people stands in the way.
bool has_room(const trips::Trip& trip, const BookSeats& wanted) {
    const int legs = static_cast<int>(trip.leg_seats_left.size());
    for (int leg = static_cast<int>(wanted.from_stop); leg < std::min(static_cast<int>(wanted.to_stop), legs); ++leg) {
        if (trip.leg_seats_left[static_cast<std::size_t>(leg)] < static_cast<int>(wanted.seats)) return false;
    }
    return true;
}

}  // namespace

BookingService::BookingService(db::Database& database, const Clock& clock, trips::Seats& seats,
                               payments::Payments& payments, const BookingMoves& moves, const BoardingCodes& codes,
                               const api::CursorSigner& cursors)
    : database_(database),
      clock_(clock),
      seats_(seats),
      payments_(payments),
      moves_(moves),
      codes_(codes),
      reader_(payments, codes, cursors) {}

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
    moves_.announce(tx, booking, news_of(booking.status), now);
    co_return co_await reader_.read(tx, booking.id, caller.id, std::move(payment));
}

// Locks the wanted trip and those where the passenger's own overdue holds stand in the way, and frees what is overdue
// and in the way: nobody waits for the job that sweeps.
Task<std::vector<trips::Trip>> BookingService::lock_for_booking(db::Transaction& tx, UserId passenger, BookSeats wanted,
                                                                std::vector<TripId> overdue_on) {
    std::vector<TripId> ids = std::move(overdue_on);
    const bool blocks_himself = !ids.empty();
    if (std::ranges::find(ids, wanted.trip_id) == ids.end()) ids.push_back(wanted.trip_id);
    auto trips = co_await seats_.lock_all(tx, ids);
    const auto trip = std::ranges::find(trips, wanted.trip_id, &trips::Trip::id);
    if (!blocks_himself && (trip == trips.end() || has_room(*trip, wanted))) co_return trips;
    const Instant now = clock_.now();
    auto overdue = co_await rows_.lock_overdue(tx, std::move(ids), wanted.trip_id, passenger, now);
    co_await lock_drivers_of(tx, overdue);
    for (Booking& hold : overdue) {
        co_await moves_.expire(tx, *std::ranges::find(trips, hold.trip, &trips::Trip::id), hold, now);
    }
    co_return trips;
}

// They may belong to several drivers, and each counts the requests that were ignored.
Task<void> BookingService::lock_drivers_of(db::Transaction& tx, const std::vector<Booking>& overdue) {
    std::vector<UserId> drivers;
    drivers.reserve(overdue.size());
    for (const Booking& hold : overdue) drivers.push_back(hold.driver);
    if (drivers.size() > 1) co_await rows_.lock_people(tx, std::move(drivers));
}

Task<Result<BookingView>> BookingService::hold_now(Caller caller, BookingView view) {
    if (view.status != BookingStatus::awaiting_payment) co_return view;
    co_await payments_.hold_now(view.id);
    co_return co_await find(caller, view.id);
}

Task<Result<BookingView>> BookingService::find(Caller caller, BookingId id) {
    const auto booking = co_await rows_.find(database_, id);
    if (!booking) co_return fail(Code::not_found);
    const bool involved = booking->passenger == caller.id || booking->driver == caller.id;
    if (!involved && !caller.administers()) co_return fail(Code::not_found);
    co_return co_await reader_.read(database_, id, caller.id);
}

Task<Result<BookingPage>> BookingService::list(Caller caller, ListBookings wanted) {
    co_return co_await reader_.list(database_, caller.id, std::move(wanted), clock_.now());
}

Task<Result<TripBookingPage>> BookingService::list_of_trip(Caller caller, TripId trip, ListTripBookings wanted) {
    const auto found = co_await seats_.find(database_, trip);
    if (!found || found->driver != caller.id) co_return fail(Code::not_found);
    auto page = co_await reader_.list_of_trip(database_, trip, caller.id, std::move(wanted));
    if (!page) co_return fail(std::move(page.error()));
    co_return TripBookingPage{std::move(page->items), std::move(page->next_cursor), codes_.key(), codes_.keys()};
}

}  // namespace safargo::bookings
