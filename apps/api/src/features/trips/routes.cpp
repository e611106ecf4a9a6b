#include "features/trips/routes.hpp"

namespace safargo::trips {
namespace {

void add_editing(api::Endpoints& endpoints, TripEditing& editing) {
    endpoints.post("/trips", "Write a trip down, and publish it if wished")
        .idempotent()
        .body<CreateTrip>()
        .returns<TripView>(201)
        .fails({Code::driver_required, Code::kyc_required, Code::price_above_cap, Code::daily_limit,
                Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const CreateTrip& wanted) {
            return editing.create(tx, caller, wanted);
        });

    endpoints.patch("/trips/{id}", "Edit a trip")
        .path<TripId>("id")
        .body<EditTrip>()
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::seats_sold, Code::kyc_required, Code::price_above_cap,
                Code::daily_limit, Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const TripId& id, const api::IfMatch& if_match,
                           const EditTrip& changes) { return editing.edit(tx, caller, id, if_match, changes); });

    endpoints.post("/trips/{id}/publish", "Open a draft for booking")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::kyc_required, Code::price_above_cap,
                Code::daily_limit, Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return editing.publish(tx, caller, id);
        });
}

void add_lifecycle(api::Endpoints& endpoints, TripLifecycle& lifecycle) {
    endpoints.post("/trips/{id}/start", "Set off; nothing is sold any more")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&lifecycle](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return lifecycle.start(tx, caller, id);
        });

    endpoints.post("/trips/{id}/complete", "Arrive")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&lifecycle](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return lifecycle.complete(tx, caller, id);
        });

    endpoints.post("/trips/{id}/cancel", "Call a trip off; everyone gets everything back")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::trip_ended})
        .handle([&lifecycle](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return lifecycle.cancel(tx, caller, id);
        });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, TripEditing& editing, TripLifecycle& lifecycle, TripQueries& queries) {
    add_editing(endpoints, editing);
    add_lifecycle(endpoints, lifecycle);

    endpoints.get("/trips/{id}", "A trip")
        .path<TripId>("id")
        .returns<TripView>()
        .handle([&queries](const std::optional<Caller>& caller, const TripId& id) { return queries.show(caller, id); });

    endpoints.get("/users/me/trips", "The trips I drive")
        .query<ListMyTrips>()
        .returns<TripPage>()
        .handle(
            [&queries](const Caller& caller, const ListMyTrips& wanted) { return queries.list_mine(caller, wanted); });
}

}  // namespace safargo::trips
