// Bookings, from the request to the end of the ride.
#pragma once

#include "features/bookings/editing.hpp"
#include "features/bookings/late_cash.hpp"
#include "features/bookings/no_shows.hpp"
#include "features/bookings/notifier.hpp"
#include "features/bookings/overdue_holds.hpp"
#include "features/bookings/payment_listener.hpp"
#include "features/bookings/queries.hpp"
#include "features/bookings/service.hpp"
#include "features/bookings/trip_listener.hpp"
#include "features/bookings/trip_notifier.hpp"
#include "features/live/module.hpp"
#include "features/notifications/module.hpp"
#include "features/payments/module.hpp"
#include "features/trips/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::bookings {

class Module final : public platform::Module {
public:
    // Registers itself as a listener with both: trips that change and payments that move.
    Module(const platform::Platform& platform, live::Module& live, notifications::Module& notifications,
           trips::Module& trips, payments::Module& payments);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;
    platform::PersonalData personal_data() const override;

    const BookingTransitions& transitions() const { return transitions_; }
    const BoardingCodes& boarding_codes() const { return boarding_codes_; }

private:
    BookingTransitions transitions_;
    BoardingCodes boarding_codes_;
    BookingPaymentListener payment_listener_;
    BookingTripListener trip_listener_;
    BookingService service_;
    BookingEditing editing_;
    BookingQueries queries_;
    OverdueHolds overdue_holds_;
    NoShows no_shows_;
    LateCash late_cash_;
    BookingNotifier notifier_;
    TripNotifier trip_notifier_;
};

}  // namespace safargo::bookings
