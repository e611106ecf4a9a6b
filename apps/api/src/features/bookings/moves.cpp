#include "features/bookings/moves.hpp"

#include "contract/json.hpp"
#include "db/outbox.hpp"

namespace safargo::bookings {

BookingNews news_of(BookingStatus status) {
    return contract::enum_from<BookingNews>(contract::enum_name(status)).value();
}

Task<void> BookingMoves::keep(db::Transaction& tx, const Booking& booking, Instant now) const {
    const auto saved = co_await rows_.save(tx, booking);
    if (!saved) throw std::logic_error("a booking that only ends or goes on met another one");
    announce(tx, booking, news_of(booking.status), now);
}

void BookingMoves::announce(db::Transaction& tx, const Booking& booking, BookingNews what, Instant now) const {
    const BookingChanged changed{booking.id, booking.trip, booking.passenger, booking.driver,
                                 what,       now,          booking.expires_at};
    db::enqueue(tx,
                {.ordering_key = "booking:" + booking.id.str(),
                 .kind = std::string(booking_changed),
                 .payload = contract::to_json(changed)},
                now, now);
}

Task<Result<Nothing>> BookingMoves::go_on(db::Transaction& tx, Booking& booking, BookingEvent event,
                                          Instant now) const {
    if (auto moved = apply(booking, event, now); !moved) co_return moved;
    co_await keep(tx, booking, now);
    if (event == BookingEvent::accept_unpaid) co_await payments_.hold_later(tx, booking.charge(), now);
    co_return Nothing{};
}

Task<Result<Nothing>> BookingMoves::end(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                                        payments::Split split, Instant now) const {
    if (auto moved = apply(booking, event, now); !moved) co_return moved;
    co_await seats_.give_back(tx, trip, booking.from_stop, booking.to_stop, booking.seats);
    co_await keep(tx, booking, now);
    co_await payments_.end(tx, booking.charge(), split, now);
    co_return Nothing{};
}

Task<Result<Nothing>> BookingMoves::leave_behind(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                 Instant now) const {
    if (auto moved = apply(booking, BookingEvent::passenger_missing, now); !moved) co_return moved;
    const bool cash = booking.method == payments::Method::cash;
    if (!cash) booking.settle_after = now + settlement_delay_;
    co_await seats_.give_back(tx, trip, booking.from_stop, booking.to_stop, booking.seats);
    co_await keep(tx, booking, now);
    if (cash) {
        co_await payments_.end(tx, booking.charge(), everything_back(booking), now);
    } else {
        co_await payments_.capture_later(tx, booking.charge(), now, *booking.settle_after);
    }
    co_return Nothing{};
}

Task<void> BookingMoves::expire(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const {
    const bool ignored = booking.status == BookingStatus::requested;
    const auto ended = co_await end(tx, trip, booking, BookingEvent::expire, everything_back(booking), now);
    if (!ended) throw std::logic_error("only holds expire");
    if (ignored) co_await rows_.count_ignored_request(tx, booking.driver);
}

Task<Result<Nothing>> BookingMoves::complete(db::Transaction& tx, Booking& booking, Instant now) const {
    if (auto moved = apply(booking, BookingEvent::complete, now); !moved) co_return moved;
    const bool cash = booking.method == payments::Method::cash;
    booking.settle_after = now + (cash ? std::chrono::seconds{0} : settlement_delay_);
    co_await keep(tx, booking, now);
    if (!cash) {
        co_await payments_.capture_later(tx, booking.charge(), now, *booking.settle_after);
        co_return Nothing{};
    }
    co_await payments_.record_cash(tx, booking.charge(), now);
    co_return co_await go_on(tx, booking, BookingEvent::settle, now);
}

}  // namespace safargo::bookings
