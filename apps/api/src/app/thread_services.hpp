// One thread's services: its own connections, one object per feature. Everything is wired here and nowhere else.
#pragma once

#include "adapters/dev_outbox/dev_messenger.hpp"
#include "adapters/local/no_messenger.hpp"
#include "adapters/sandbox/sandbox_provider.hpp"
#include "api/endpoints.hpp"
#include "app/shared.hpp"
#include "features/admin/service.hpp"
#include "features/auth/service.hpp"
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
#include "features/disputes/notifier.hpp"
#include "features/disputes/service.hpp"
#include "features/drivers/service.hpp"
#include "features/geo/service.hpp"
#include "features/notifications/service.hpp"
#include "features/payments/payment_actions.hpp"
#include "features/payments/payment_service.hpp"
#include "features/places/service.hpp"
#include "features/search/service.hpp"
#include "features/trips/editing.hpp"
#include "features/trips/lifecycle.hpp"
#include "features/trips/listeners.hpp"
#include "features/trips/queries.hpp"
#include "features/trips/seats.hpp"
#include "features/users/service.hpp"
#include "features/vehicles/service.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace safargo::app {

class ThreadServices {
public:
    // `name` is what PostgreSQL and the metrics call its connections.
    ThreadServices(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections,
                   std::string name = "safargo-api");

    // Every route of every feature.
    void add_routes(api::Endpoints& endpoints);
    void add_development_routes(http::Router& router);
    // What the outbox of this thread's database can send.
    db::OutboxRoutes outbox_routes();

    db::Database& database() { return database_; }
    api::Runtime& runtime() { return runtime_; }
    trips::TripLifecycle& trip_lifecycle() { return trip_lifecycle_; }
    bookings::OverdueHolds& overdue_holds() { return overdue_holds_; }

private:
    payments::Providers providers(const Config& config);
    Messenger& messenger(const Config& config);

    // In the order of their dependencies.
    db::Database database_;
    db::Database vendor_database_;  // the sandbox's own connections: the network to a vendor
    dev_outbox::DevMessenger dev_messenger_;
    local::NoMessenger no_messenger_;
    notifications::Notifications notifications_;
    auth::AuthService auth_;
    users::UserService users_;
    admin::FlagService flags_;
    drivers::DriverService drivers_;
    vehicles::VehicleService vehicles_;
    trips::TripNeighbours trip_neighbours_;
    trips::TripListeners trip_listeners_;
    trips::TripEditing trip_editing_;
    trips::TripLifecycle trip_lifecycle_;
    trips::TripSeats trip_seats_;
    trips::TripQueries trip_queries_;
    sandbox::SandboxProvider sandbox_;
    payments::ProviderTasks provider_tasks_;
    payments::PaymentService payments_;
    payments::PaymentActions payment_actions_;
    bookings::BookingTransitions transitions_;
    bookings::BoardingCodes boarding_codes_;
    bookings::BookingPaymentListener payment_listener_;
    bookings::BookingTripListener trip_listener_;
    bookings::BookingService bookings_;
    bookings::BookingEditing booking_editing_;
    bookings::BookingQueries booking_queries_;
    bookings::OverdueHolds overdue_holds_;
    bookings::NoShows no_shows_;
    bookings::LateCash late_cash_;
    bookings::BookingNotifier notifier_;
    bookings::TripNotifier trip_notifier_;
    disputes::DisputeService disputes_;
    disputes::DisputeNotifier dispute_notifier_;
    geo_routes::GeoService geo_;
    places::PlaceService places_;
    search::SearchService search_;
    api::Runtime runtime_;
};

}  // namespace safargo::app
