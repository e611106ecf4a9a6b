#include "features/bookings/transitions.hpp"

#include "contract/json.hpp"
#include "db/outbox.hpp"
#include "features/admin/service.hpp"
#include "features/bookings/no_shows.hpp"
#include "features/bookings/ride_rules.hpp"
#include "features/users/service.hpp"

#include <algorithm>

namespace safargo::bookings {

namespace {

// What becomes of the passenger's payment is between the passenger and us.
bool concerns_passenger_alone(BookingNews what) {
    return what == BookingNews::payment_declined || what == BookingNews::money_returned;
}

}  // namespace

BookingNews news_of(BookingStatus status) {
    return contract::enum_from<BookingNews>(contract::enum_name(status)).value();
}

Task<void> BookingTransitions::save_and_announce(db::Transaction& tx, const Booking& booking, Instant now) const {
    const auto saved = co_await rows_.save(tx, booking);
    if (!saved) throw std::logic_error("a booking without new seats violates a constraint of active ones");
    announce(tx, booking, news_of(booking.status), now);
}

void BookingTransitions::announce(db::Transaction& tx, const Booking& booking, BookingNews what, Instant now) const {
    const BookingChanged changed{booking.id, booking.trip, booking.passenger, booking.driver,
                                 what,       now,          booking.expires_at};
    db::publish(tx, booking_changed,
                {.ordering_key = "booking:" + booking.id.str(), .payload = contract::to_json(changed)}, now, now);
    std::vector<UserId> people{booking.passenger};
    if (!concerns_passenger_alone(what)) people.push_back(booking.driver);
    announcer_.tell(tx, live::News::of(booking.id, contract::enum_name(what)), std::move(people), now);
}

Task<Result<Nothing>> BookingTransitions::advance(db::Transaction& tx, Booking& booking, BookingEvent event,
                                                  Instant now) const {
    if (auto moved = apply(booking, event, now); !moved) co_return moved;
    co_await save_and_announce(tx, booking, now);
    if (event == BookingEvent::accept_unpaid) co_await payments_.hold_later(tx, booking.id, now);
    co_return Nothing{};
}

Task<Result<Nothing>> BookingTransitions::end(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                              BookingEvent event, payments::Split split, Instant now) const {
    if (auto moved = apply(booking, event, now); !moved) co_return moved;
    co_await seats_.give_back(tx, trip, booking.from_stop, booking.to_stop, booking.seats);
    co_await save_and_announce(tx, booking, now);
    co_await payments_.end(tx, booking.charge(), split, now);
    co_return Nothing{};
}

Task<Result<Nothing>> BookingTransitions::report_passenger_missing(db::Transaction& tx, trips::Trip& trip,
                                                                   Booking& booking, Instant now) const {
    return report_missing(tx, trip, booking, BookingEvent::passenger_missing, now);
}

Task<Result<Nothing>> BookingTransitions::report_driver_missing(db::Transaction& tx, trips::Trip& trip,
                                                                Booking& booking, Instant now) const {
    return report_missing(tx, trip, booking, BookingEvent::driver_missing, now);
}

Task<Result<Nothing>> BookingTransitions::report_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                         BookingEvent event, Instant now) const {
    if (auto moved = apply(booking, event, now); !moved) co_return moved;
    const bool cash = booking.method == payments::Method::cash;
    const bool paid = !cash && event == BookingEvent::passenger_missing;
    if (paid) booking.settle_after = now + std::max(rules_.delay, rules_.contest_window);
    co_await seats_.give_back(tx, trip, booking.from_stop, booking.to_stop, booking.seats);
    co_await save_and_announce(tx, booking, now);
    co_await no_shows_.insert(tx, booking.id, now, now + rules_.contest_window);
    expect_end_of_contest(tx, {booking.id}, now, now + rules_.contest_window);
    if (cash) co_await payments_.end(tx, booking.charge(), everything_back(booking), now);
    if (paid) co_await payments_.capture_later(tx, booking.id, now, *booking.settle_after);
    co_return Nothing{};
}

// A passenger need not contest what no longer matters. A driver's no-show still counts.
Task<bool> BookingTransitions::refund_missed(db::Transaction& tx, std::vector<Booking> missed, Instant now) const {
    bool called_off = false;
    for (const Booking& booking : missed) {
        if (booking.status == BookingStatus::no_show_passenger) {
            const auto no_show = co_await no_shows_.find(tx, booking.id);
            called_off |= no_show && no_show->may_be_contested(now);
            co_await no_shows_.end(tx, booking.id, now);
        }
        const auto payment = co_await payments_.find(tx, booking.id);
        if (!payment || payment->status != payments::PaymentStatus::hold) continue;
        co_await payments_.end(tx, booking.charge(), everything_back(booking), now);
        announce(tx, booking, BookingNews::ride_cut_short, now);
    }
    co_return called_off;
}

Task<void> BookingTransitions::close_dispute(db::Transaction& tx, Booking& booking, Instant now) const {
    if (booking.completed_at) {
        co_await payments_.give_all_back(tx, booking.id, now);
    } else {
        co_await payments_.end(tx, booking.charge(), everything_back(booking), now);
    }
    const auto settled = co_await advance(tx, booking, BookingEvent::settle, now);
    if (!settled) throw std::logic_error("only a disputed booking is closed");
    announce(tx, booking, BookingNews::ride_cut_short, now);
}

Task<void> BookingTransitions::expire(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const {
    const bool ignored = booking.status == BookingStatus::requested;
    const auto ended = co_await end(tx, trip, booking, BookingEvent::expire, everything_back(booking), now);
    if (!ended) throw std::logic_error("only holds expire");
    if (ignored) co_await users::count_ignored_request(tx, booking.driver);
}

bool BookingTransitions::holds_back(const Booking& booking, Instant now) const {
    return rules_.short_ride_delay && booking.completed_at && is_short_ride(booking, *booking.completed_at) &&
           booking.settle_after && now < *booking.settle_after;
}

bool BookingTransitions::was_left_out(const Booking& booking, Instant now) const {
    return rules_.short_ride_delay && booking.status == BookingStatus::confirmed && now < booking.pickup_at;
}

Task<Result<Nothing>> BookingTransitions::complete(db::Transaction& tx, Booking& booking, Instant now) const {
    // A code may be read out by phone: before the pickup it does not prove that the two met.
    const bool seen_aboard = booking.status == BookingStatus::boarded && booking.boarded_at >= booking.pickup_at;
    if (auto moved = apply(booking, BookingEvent::complete, now); !moved) co_return moved;
    const bool cash = booking.method == payments::Method::cash;
    const bool waits = rules_.short_ride_delay && is_short_ride(booking, now);
    const std::chrono::seconds delay = cash ? std::chrono::seconds{0} : rules_.delay;
    booking.settle_after = now + (waits ? std::max(delay, *rules_.short_ride_delay) : delay);
    co_await save_and_announce(tx, booking, now);
    if (waits) co_await admin::raise_flag(tx, {admin::FlagKind::short_ride, booking.id, booking.trip}, now);
    if (waits || !seen_aboard) announce(tx, booking, BookingNews::counted_as_travelled, now);
    if (!cash) {
        co_await payments_.capture_later(tx, booking.id, now, *booking.settle_after);
    } else if (waits) {
        record_cash_later(tx, booking, now, *booking.settle_after);
    } else {
        co_await record_cash(tx, booking, now);
    }
    co_return Nothing{};
}

Task<void> BookingTransitions::record_cash(db::Transaction& tx, Booking& booking, Instant now) const {
    co_await payments_.record_cash(tx, booking.id, now);
    if (booking.status == BookingStatus::completed) co_await advance(tx, booking, BookingEvent::settle, now);
}

// An ordering key of its own: later events of the booking must not wait for this one.
void BookingTransitions::record_cash_later(db::Transaction& tx, const Booking& booking, Instant now,
                                           Instant when) const {
    db::publish(tx, cash_due,
                {.ordering_key = "booking-cash:" + booking.id.str() + '@' + format_instant(when),
                 .payload = contract::to_json(CashDue{booking.id})},
                now, when);
}

Task<void> BookingTransitions::undo_completion(db::Transaction& tx, Booking& booking, Instant now) const {
    co_await payments_.give_all_back(tx, booking.id, now);
    if (booking.status == BookingStatus::completed) co_await advance(tx, booking, BookingEvent::settle, now);
    announce(tx, booking, BookingNews::ride_cut_short, now);
}

}  // namespace safargo::bookings
