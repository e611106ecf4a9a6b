#include "features/bookings/no_shows.hpp"

#include "contract/json.hpp"
#include "features/users/service.hpp"

#include <stdexcept>

namespace safargo::bookings {

// It may move money, so delivery is never given up.
db::Subscription NoShows::subscription() {
    return {.name = "bookings.no_shows",
            .handlings = {{no_show_reported,
                           [this](db::OutboxMessage message) { return end_contest(std::move(message)); }}},
            .giving_up = db::GivingUp::never};
}

Task<void> NoShows::end_contest(db::OutboxMessage message) {
    const auto reported = contract::parse_json<NoShowReported>(message.payload);
    if (!reported) throw std::runtime_error("unreadable payload of booking.no_show");
    co_await database_.transact<Nothing>(
        [this, reported = *reported](db::Transaction& tx) { return accept(tx, reported); });
}

Task<Result<Nothing>> NoShows::accept(db::Transaction& tx, NoShowReported reported) {
    const auto booking = co_await rows_.lock(tx, reported.booking_id);
    const auto no_show = co_await no_shows_.find(tx, reported.booking_id);
    if (!booking || !no_show || no_show->ended) co_return Nothing{};
    const Instant now = clock_.now();
    if (no_show->may_be_contested(now)) {
        expect_end_of_contest(tx, reported, now, no_show->contest_until);
        co_return Nothing{};
    }
    const bool driver = booking->status == BookingStatus::no_show_driver;
    co_await no_shows_.end(tx, booking->id, now);
    if (driver) co_await payments_.end(tx, booking->charge(), everything_back(*booking), now);
    co_await users::count_late_cancellation(tx, driver ? booking->driver : booking->passenger);
    co_return Nothing{};
}

void expect_end_of_contest(db::Transaction& tx, const NoShowReported& reported, Instant now, Instant contest_until) {
    // An ordering key of its own, as for everything delayed: events of the booking must not queue behind it.
    db::publish(tx, no_show_reported,
                {.ordering_key = "no-show:" + reported.booking_id.str() + '@' + format_instant(contest_until),
                 .payload = contract::to_json(reported)},
                now, contest_until);
}

}  // namespace safargo::bookings
