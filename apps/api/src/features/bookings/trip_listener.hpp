// What happens to a trip's bookings when the trip starts, ends or is cancelled, in the trip's own transaction.
#pragma once

#include "core/clock.hpp"
#include "features/bookings/transitions.hpp"
#include "features/trips/events.hpp"

#include <vector>

namespace safargo::bookings {

class BookingTripListener final : public trips::TripListener {
public:
    BookingTripListener(const Clock& clock, const BookingTransitions& transitions, live::Announcer announcer = {})
        : clock_(clock), transitions_(transitions), announcer_(announcer) {}

    Task<void> free_overdue(db::Transaction& tx, trips::Trip& trip) override;
    Task<Result<Nothing>> edited(db::Transaction& tx, const trips::Trip& before, const trips::Trip& after) override;
    Task<void> started(db::Transaction& tx, const trips::Trip& trip) override;
    Task<void> completed(db::Transaction& tx, const trips::Trip& trip) override;
    Task<void> cancelled(db::Transaction& tx, const trips::Trip& trip, trips::CancelledBy by) override;
    Task<bool> anyone_boarded(db::Transaction& tx, const trips::Trip& trip) override;

private:
    Task<Result<Nothing>> follow(db::Transaction& tx, const trips::Trip& trip, Booking& booking, Instant now);
    void tell_passengers(db::Transaction& tx, const trips::Trip& trip, std::string_view what,
                         const std::vector<Booking>& bookings, Instant now) const;
    Task<void> cancel(db::Transaction& tx, trips::Trip& trip, Booking& booking, trips::CancelledBy by, Instant now);
    Task<void> leave_out(db::Transaction& tx, trips::Trip& trip, std::vector<Booking> bookings, Instant now);
    Task<void> take_travel_back(db::Transaction& tx, const trips::Trip& trip, const std::vector<Booking>& early,
                                const std::vector<Booking>& disputed);

    const Clock& clock_;
    const BookingTransitions& transitions_;
    live::Announcer announcer_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
