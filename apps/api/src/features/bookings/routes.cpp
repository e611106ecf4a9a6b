#include "features/bookings/routes.hpp"

namespace safargo::bookings {
namespace {

using Action = Task<Result<BookingView>> (BookingService::*)(db::Transaction&, Caller, BookingId);

// POST /bookings/{id}/<verb> without a body.
void add_action(api::Endpoints& endpoints, BookingService& bookings, std::string verb, std::string summary,
                std::initializer_list<Code> refusals, Action action) {
    endpoints.post("/bookings/{id}/" + verb, std::move(summary))
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .fails(refusals)
        .handle([&bookings, action](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return (bookings.*action)(tx, caller, id);
        });
}

void add_no_show(api::Endpoints& endpoints, BookingService& bookings) {
    endpoints.post("/bookings/{id}/no-show", "The other did not come, as passenger or driver; they may contest it")
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .fails({Code::illegal_transition, Code::too_early, Code::trip_not_started, Code::trip_ended})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return bookings.report_missing(tx, caller, id);
        });
}

void add_reading(api::Endpoints& endpoints, BookingQueries& queries) {
    endpoints.get("/bookings", "My bookings as passenger or driver, newest first or by departure")
        .query<ListBookings>()
        .returns<BookingPage>()
        .handle([&queries](const Caller& caller, const ListBookings& wanted) { return queries.list(caller, wanted); });

    endpoints.get("/bookings/{id}", "One booking, for its passenger, its driver and admins")
        .path<BookingId>("id")
        .returns<BookingView>()
        .handle([&queries](const Caller& caller, const BookingId& id) { return queries.find(caller, id); });

    endpoints.get("/trips/{id}/bookings", "Who comes along, for the driver, with the key that checks boarding tokens")
        .path<TripId>("id")
        .query<ListTripBookings>()
        .returns<TripBookingPage>()
        .handle([&queries](const Caller& caller, const TripId& trip, const ListTripBookings& wanted) {
            return queries.list_of_trip(caller, trip, wanted);
        });
}

}  // namespace

void add_routes(api::Endpoints& endpoints, BookingService& bookings, BookingEditing& editing, BookingQueries& queries) {
    const auto needs_hold = [](const BookingView& view) { return view.status == BookingStatus::awaiting_payment; };
    const auto hold_now = [&bookings](const Caller& caller, const BookingView& view) {
        return bookings.hold_now(caller, view);
    };

    endpoints.post("/bookings", "Book seats on a trip")
        .idempotent()
        .body<BookSeats>()
        .returns<BookingView>(201)
        .then(needs_hold, hold_now)
        .fails({Code::trip_full, Code::trip_departed, Code::trip_not_open, Code::own_trip, Code::already_booked,
                Code::overlapping_booking, Code::overlapping_trip, Code::feature_unavailable, Code::not_found})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookSeats& wanted) {
            return bookings.book(tx, caller, wanted);
        });

    endpoints.post("/bookings/{id}/accept", "Accept a request")
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .then(needs_hold, hold_now)
        .fails({Code::forbidden, Code::illegal_transition, Code::trip_departed, Code::trip_ended})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return bookings.accept(tx, caller, id);
        });

    endpoints
        .post("/bookings/{id}/board", "Check a passenger's PIN or boarding token; the first aboard starts the trip")
        .idempotent()
        .path<BookingId>("id")
        .body<Board>()
        .returns<BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::too_early, Code::trip_not_started, Code::trip_ended,
                Code::boarding_code_invalid, Code::boarding_locked})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id, const Board& proof) {
            return bookings.board(tx, caller, id, proof);
        });

    endpoints.patch("/bookings/{id}", "Give some of the seats back, by the terms of a cancellation")
        .path<BookingId>("id")
        .body<EditBooking>()
        .returns<BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::pickup_passed})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const BookingId& id, const EditBooking& wanted) {
            return editing.edit(tx, caller, id, wanted);
        });

    add_action(endpoints, bookings, "decline", "Decline a request", {Code::forbidden, Code::illegal_transition},
               &BookingService::decline);
    add_action(endpoints, bookings, "cancel", "Cancel, as passenger, driver or admin",
               {Code::illegal_transition, Code::pickup_passed, Code::trip_ended}, &BookingService::cancel);
    add_no_show(endpoints, bookings);
    add_action(endpoints, bookings, "complete", "The passenger got off early",
               {Code::forbidden, Code::illegal_transition, Code::not_boarded, Code::trip_not_started, Code::trip_ended},
               &BookingService::complete);
    add_reading(endpoints, queries);
}

}  // namespace safargo::bookings
