#include "features/trips/routes.hpp"

namespace safargo::trips {
namespace {

void add_editing(api::Endpoints& endpoints, TripService& trips) {
    endpoints.post("/trips", "Write a trip down, and publish it if wished")
        .idempotent()
        .body<CreateTrip>()
        .returns<TripView>(201)
        .fails({Code::driver_required, Code::kyc_required, Code::price_above_cap, Code::daily_limit,
                Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const CreateTrip& wanted) {
            return trips.create(tx, caller, wanted);
        });

    endpoints.patch("/trips/{id}", "Edit a trip")
        .path<TripId>("id")
        .body<EditTrip>()
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::seats_sold, Code::kyc_required, Code::price_above_cap,
                Code::daily_limit, Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const TripId& id, const api::IfMatch& if_match,
                         const EditTrip& changes) { return trips.edit(tx, caller, id, if_match, changes); });

    endpoints.post("/trips/{id}/publish", "Open a draft for booking")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::kyc_required, Code::price_above_cap,
                Code::daily_limit, Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return trips.publish(tx, caller, id);
        });
}

void add_lifecycle(api::Endpoints& endpoints, TripService& trips) {
    endpoints.post("/trips/{id}/start", "Set off; nothing is sold any more")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return trips.start(tx, caller, id);
        });

    endpoints.post("/trips/{id}/complete", "Arrive")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return trips.complete(tx, caller, id);
        });

    endpoints.post("/trips/{id}/cancel", "Call a trip off; everyone gets everything back")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::trip_ended})
        .handle([&trips](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return trips.cancel(tx, caller, id);
        });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, TripService& trips) {
    add_editing(endpoints, trips);
    add_lifecycle(endpoints, trips);

    endpoints.get("/trips/{id}", "A trip")
        .path<TripId>("id")
        .returns<TripView>()
        .handle([&trips](const std::optional<Caller>& caller, const TripId& id) { return trips.show(caller, id); });

    endpoints.get("/users/me/trips", "The trips I drive")
        .query<ListMyTrips>()
        .returns<TripPage>()
        .handle([&trips](const Caller& caller, const ListMyTrips& wanted) { return trips.list_mine(caller, wanted); });
}

}  // namespace safargo::trips
