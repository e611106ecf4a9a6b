#include "features/trips/routes.hpp"

namespace safargo::trips {
namespace {

void add_editing(api::Endpoints& endpoints, TripEditing& editing) {
    endpoints.post("/trips", "Create a trip, optionally published")
        .describes(
            "By a driver, with one of their vehicles. Times and distances are planned by road where they are not "
            "given. No part of the trip may cost more than its road allows (price_above_cap): passengers share costs, "
            "drivers make no profit. A driver's trips must not overlap in time, with each other or with their own "
            "bookings.")
        .idempotent()
        .body<CreateTrip>()
        .returns<TripView>(201)
        .fails({Code::driver_required, Code::kyc_required, Code::price_above_cap, Code::daily_limit,
                Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const CreateTrip& wanted) {
            return editing.create(tx, caller, wanted);
        });

    endpoints.patch("/trips/{id}", "Edit a trip")
        .describes(
            "By its driver. If-Match carries the ETag that was read, so that nobody's change or booking is "
            "overwritten. Once seats are sold, changes that passengers would have to agree to are refused "
            "(seats_sold).")
        .path<TripId>("id")
        .body<EditTrip>()
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::seats_sold, Code::kyc_required, Code::price_above_cap,
                Code::daily_limit, Code::overlapping_trip, Code::overlapping_booking, Code::plate_in_use})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const TripId& id, const api::IfMatch& if_match,
                           const EditTrip& changes) { return editing.edit(tx, caller, id, if_match, changes); });

    endpoints.post("/trips/{id}/publish", "Publish a trip")
        .describes(
            "Opens a draft for booking; it appears in search at once. Publication counts towards the driver's daily "
            "limit (daily_limit).")
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
    endpoints.post("/trips/{id}/start", "Start a trip")
        .describes(
            "By its driver, from two hours before departure (too_early before that; at any time in development). No "
            "more seats are sold; requests and unpaid bookings expire.")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&lifecycle](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return lifecycle.start(tx, caller, id);
        });

    endpoints.post("/trips/{id}/complete", "Complete a trip")
        .describes(
            "By its driver. Completes every booking that was not reported as a no-show, boarded or not; online money "
            "is captured after the settlement delay. An open trip is started first.")
        .idempotent()
        .path<TripId>("id")
        .returns<TripView>()
        .fails({Code::illegal_transition, Code::trip_ended, Code::too_early})
        .handle([&lifecycle](db::Transaction& tx, const Caller& caller, const TripId& id) {
            return lifecycle.complete(tx, caller, id);
        });

    endpoints.post("/trips/{id}/cancel", "Cancel a trip")
        .describes(
            "By its driver. Every passenger is refunded in full, service fee included, and told. A trip that has ended "
            "cannot be cancelled (trip_ended).")
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

    endpoints.get("/trips/{id}", "Show a trip")
        .describes(
            "Drafts are shown only to their driver; women-only trips to their driver, to women whose gender is "
            "confirmed and to moderators. For anyone else they are not found. The number plate is shown to the driver "
            "and to booked passengers.")
        .path<TripId>("id")
        .returns<TripView>()
        .handle([&queries](const std::optional<Caller>& caller, const TripId& id) { return queries.show(caller, id); });

    endpoints.get("/users/me/trips", "List my trips as a driver")
        .describes(
            "Latest departure first unless sort says otherwise. Upcoming covers drafts, open trips and trips under way "
            "that have not arrived; all others are past.")
        .query<ListMyTrips>()
        .returns<TripPage>()
        .handle(
            [&queries](const Caller& caller, const ListMyTrips& wanted) { return queries.list_mine(caller, wanted); });
}

}  // namespace safargo::trips
