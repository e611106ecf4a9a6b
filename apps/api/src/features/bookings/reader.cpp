#include "features/bookings/reader.hpp"

#include "features/bookings/booking_with_people.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::bookings {
namespace {

constexpr db::Statement find_with_people{"booking_read", BOOKING_WITH_PEOPLE "where b.id = $1"};

template <class Card>
Card card_from(const db::Row& row, UserId id, int first) {
    Card card;
    const auto reviews = row.get<std::int64_t>(first + 2);
    card.id = id;
    card.name = users::public_name(row.get<std::string_view>(first));
    card.rating = users::rating(row.get<std::int64_t>(first + 1), reviews);
    card.reviews = reviews;
    card.verified = row.get<bool>(first + 3);
    return card;
}

std::optional<DisputeView> dispute_from(const db::Row& row, int first) {
    const auto id = row.get<std::optional<DisputeId>>(first);
    if (!id) return std::nullopt;
    return DisputeView{.id = *id,
                       .status = row.get<DisputeStatus>(first + 1),
                       .reason = row.get<DisputeReason>(first + 2),
                       .opened_by = row.get<Side>(first + 3),
                       .answer = row.get<std::optional<std::string>>(first + 4),
                       .due_at = row.get<Instant>(first + 5),
                       .refund = row.get<std::optional<Dinars>>(first + 6)};
}

BookingView view_from(const db::Row& row, const Booking& booking, payments::PaymentView payment) {
    constexpr int beside = booking_columns;
    BookingView view{.id = booking.id,
                     .status = booking.status,
                     .trip_id = booking.trip,
                     .trip_status = row.get<trips::TripStatus>(beside),
                     .from_stop = booking.from_stop,
                     .to_stop = booking.to_stop,
                     .from_label = row.get<std::string>(beside + 1),
                     .to_label = row.get<std::string>(beside + 2),
                     .pickup_at = booking.pickup_at,
                     .dropoff_at = booking.dropoff_at,
                     .seats = booking.seats,
                     .price = booking.price,
                     .service_fee = booking.service_fee,
                     .total = booking.charge().total(),
                     .currency = "DZD",
                     .payment = std::move(payment),
                     .expires_at = booking.expires_at,
                     .boarding = std::nullopt,
                     .passenger = card_from<PassengerCard>(row, booking.passenger, beside + 3),
                     .driver = card_from<users::DriverCard>(row, booking.driver, beside + 8),
                     .message = booking.message,
                     .contest_until = row.get<std::optional<Instant>>(beside + 14),
                     .dispute = dispute_from(row, beside + 15),
                     .created_at = booking.created_at};
    view.passenger.trips = row.get<std::int64_t>(beside + 7);
    view.passenger.photo = picture_of(row.get<std::optional<PictureId>>(beside + 22));
    view.driver.photo = picture_of(row.get<std::optional<PictureId>>(beside + 23));
    view.driver.response_time_s =
        users::response_time_s(row.get<std::int64_t>(beside + 12), row.get<std::int64_t>(beside + 13));
    return view;
}

bool shows_boarding(const Booking& booking, UserId viewer) {
    const bool sure = booking.status == BookingStatus::confirmed || booking.status == BookingStatus::boarded;
    return sure && booking.passenger == viewer;
}

payments::PaymentView payment_of(const std::vector<std::pair<BookingId, payments::PaymentView>>& payments,
                                 BookingId booking) {
    const auto found = std::ranges::find(payments, booking, &std::pair<BookingId, payments::PaymentView>::first);
    if (found == payments.end()) throw std::logic_error("a booking without a payment");
    return found->second;
}

}  // namespace

Task<Result<BookingView>> BookingReader::find(db::Session& session, Caller caller, BookingId id) const {
    const auto booking = co_await rows_.find(session, id);
    if (!booking) co_return fail(Code::not_found);
    const bool involved = booking->passenger == caller.id || booking->driver == caller.id;
    if (!involved && !caller.administers()) co_return fail(Code::not_found);
    co_return co_await read(session, id, caller.id);
}

Task<BookingView> BookingReader::read(db::Session& session, BookingId id, UserId viewer) const {
    auto found = co_await read_all(session, co_await session.query(find_with_people, id), viewer);
    co_return std::move(found.at(0));
}

Task<BookingView> BookingReader::read(db::Session& session, BookingId id, UserId viewer,
                                      payments::PaymentView payment) const {
    const db::Rows rows = co_await session.query(find_with_people, id);
    if (rows.empty()) throw std::logic_error("booking " + id.str() + " is gone");
    co_return view(rows[0], booking_from(rows[0]), std::move(payment), viewer);
}

Task<std::vector<BookingView>> BookingReader::read_all(db::Session& session, db::Rows rows, UserId viewer) const {
    std::vector<Booking> bookings;
    std::vector<BookingId> ids;
    for (const db::Row row : rows) ids.push_back(bookings.emplace_back(booking_from(row)).id);
    const auto payments = co_await payments_.find_all(session, std::move(ids));
    std::vector<BookingView> views;
    views.reserve(bookings.size());
    for (std::size_t i = 0; i < bookings.size(); ++i) {
        views.push_back(view(rows[i], bookings[i], payment_of(payments, bookings[i].id), viewer));
    }
    co_return views;
}

BookingView BookingReader::view(const db::Row& row, const Booking& booking, payments::PaymentView payment,
                                UserId viewer) const {
    BookingView view = view_from(row, booking, std::move(payment));
    if (booking.passenger != viewer) view.payment.hide_checkout();
    if (shows_boarding(booking, viewer)) view.boarding = BoardingView{codes_.pin(booking.id), codes_.token(booking)};
    return view;
}

}  // namespace safargo::bookings
