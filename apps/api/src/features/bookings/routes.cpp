#include "features/bookings/routes.hpp"

namespace safargo::bookings {
namespace {

using Action = Task<Result<BookingView>> (BookingService::*)(db::Transaction&, Caller, BookingId);

// POST /bookings/{id}/<verb> without a body.
void add_action(api::Endpoints& endpoints, BookingService& bookings, std::string verb, std::string summary,
                std::string description, std::initializer_list<Code> refusals, Action action) {
    endpoints.post("/bookings/{id}/" + verb, std::move(summary))
        .describes(std::move(description))
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .fails(refusals)
        .handle([&bookings, action](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return (bookings.*action)(tx, caller, id);
        });
}

void add_no_show(api::Endpoints& endpoints, BookingService& bookings) {
    endpoints.post("/bookings/{id}/no-show", "Report a no-show")
        .describes(
            "From 15 minutes after the planned pickup: by the driver while the trip is in progress, by the passenger "
            "while it is open or in progress. The other person is told and may contest it within 24 hours; until then "
            "the money waits. Earlier it is too_early.")
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .fails({Code::illegal_transition, Code::too_early, Code::trip_not_started, Code::trip_ended})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return bookings.report_missing(tx, caller, id);
        });
}

void add_reading(api::Endpoints& endpoints, BookingQueries& queries) {
    endpoints.get("/bookings", "List my bookings")
        .describes(
            "As passenger unless role says driver. Newest booking first, or by planned pickup with sort. Upcoming "
            "covers requested, unpaid, confirmed and boarded bookings that have not arrived; all others are past.")
        .query<ListBookings>()
        .returns<BookingPage>()
        .handle([&queries](const Caller& caller, const ListBookings& wanted) { return queries.list(caller, wanted); });

    endpoints.get("/bookings/{id}", "Show a booking")
        .describes(
            "For its passenger, its driver and admins; for anyone else it is not found. The boarding PIN and token are "
            "shown only to the passenger, while the booking is confirmed or boarded.")
        .path<BookingId>("id")
        .returns<BookingView>()
        .handle([&queries](const Caller& caller, const BookingId& id) { return queries.find(caller, id); });

    endpoints.get("/trips/{id}/bookings", "List a trip's bookings")
        .describes(
            "For the trip's driver. The answer carries the public keys with which boarding tokens can be verified "
            "without a network.")
        .path<TripId>("id")
        .query<ListTripBookings>()
        .returns<TripBookingPage>()
        .handle([&queries](const Caller& caller, const TripId& trip, const ListTripBookings& wanted) {
            return queries.list_of_trip(caller, trip, wanted);
        });
}

// Booking and accepting may leave an unpaid booking: its payment is then requested after the commit.
void add_taking(api::Endpoints& endpoints, BookingService& bookings) {
    const auto needs_hold = [](const BookingView& view) { return view.status == BookingStatus::awaiting_payment; };
    const auto hold_now = [&bookings](const Caller& caller, const BookingView& view) {
        return bookings.hold_now(caller, view);
    };

    endpoints.post("/bookings", "Book seats on a trip")
        .describes(
            "Takes the seats on every leg between the two stops, or refuses with trip_full. In approval mode the "
            "booking starts as requested; otherwise cash is confirmed at once and online payment is held first "
            "(awaiting_payment). Seats are held from the first state on, until expires_at. The service fee is 5 % of "
            "the price, and nothing for cash.")
        .idempotent()
        .body<BookSeats>()
        .returns<BookingView>(201)
        .then(needs_hold, hold_now)
        .fails({Code::trip_full, Code::trip_departed, Code::trip_not_open, Code::own_trip, Code::already_booked,
                Code::overlapping_booking, Code::overlapping_trip, Code::feature_unavailable, Code::not_found})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookSeats& wanted) {
            return bookings.book(tx, caller, wanted);
        });

    endpoints.post("/bookings/{id}/accept", "Accept a booking request")
        .describes(
            "By the trip's driver, before the request expires and before departure. A cash booking is then confirmed; "
            "an online one awaits payment, which is tried at once.")
        .idempotent()
        .path<BookingId>("id")
        .returns<BookingView>()
        .then(needs_hold, hold_now)
        .fails({Code::forbidden, Code::illegal_transition, Code::trip_departed, Code::trip_ended})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id) {
            return bookings.accept(tx, caller, id);
        });
}

void add_boarding(api::Endpoints& endpoints, BookingService& bookings) {
    endpoints.post("/bookings/{id}/board", "Board a passenger")
        .describes(
            "By the driver, with either the passenger's four-digit PIN or the token of their QR code. The first "
            "passenger to board starts the trip. Five wrong PINs lock the code (boarding_locked). A token scanned "
            "offline is accepted as proof until 48 hours after the ride.")
        .idempotent()
        .path<BookingId>("id")
        .body<Board>()
        .returns<BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::too_early, Code::trip_not_started, Code::trip_ended,
                Code::boarding_code_invalid, Code::boarding_locked})
        .handle([&bookings](db::Transaction& tx, const Caller& caller, const BookingId& id, const Board& proof) {
            return bookings.board(tx, caller, id, proof);
        });

    add_action(endpoints, bookings, "complete", "Complete a booking early",
               "By the driver, for a passenger who got off before the trip ends. The booking must be boarded and the "
               "trip in progress.",
               {Code::forbidden, Code::illegal_transition, Code::not_boarded, Code::trip_not_started, Code::trip_ended},
               &BookingService::complete);
}

void add_giving_up(api::Endpoints& endpoints, BookingService& bookings, BookingEditing& editing) {
    endpoints.patch("/bookings/{id}", "Give back some seats")
        .describes(
            "By the passenger, while the booking is requested or confirmed and before the pickup. seats is how many "
            "they keep, never more than now. Money comes back by the cancellation policy; payment.due_back says how "
            "much.")
        .path<BookingId>("id")
        .body<EditBooking>()
        .returns<BookingView>()
        .fails({Code::forbidden, Code::illegal_transition, Code::pickup_passed})
        .handle([&editing](db::Transaction& tx, const Caller& caller, const BookingId& id, const EditBooking& wanted) {
            return editing.edit(tx, caller, id, wanted);
        });

    add_action(endpoints, bookings, "decline", "Decline a booking request",
               "By the trip's driver. The seats are released and the passenger pays nothing.",
               {Code::forbidden, Code::illegal_transition}, &BookingService::decline);
    add_action(endpoints, bookings, "cancel", "Cancel a booking",
               "By the passenger before their planned pickup, or by the driver or an admin. If the driver or an admin "
               "cancels, the passenger is refunded in full. A passenger is refunded in full within 30 minutes of "
               "confirmation, gets the price without the fee more than 24 hours before the pickup, and half of the "
               "price after that.",
               {Code::illegal_transition, Code::pickup_passed, Code::trip_ended}, &BookingService::cancel);
}

}  // namespace

void add_routes(api::Endpoints& endpoints, BookingService& bookings, BookingEditing& editing, BookingQueries& queries) {
    add_taking(endpoints, bookings);
    add_giving_up(endpoints, bookings, editing);
    add_boarding(endpoints, bookings);
    add_no_show(endpoints, bookings);
    add_reading(endpoints, queries);
}

}  // namespace safargo::bookings
