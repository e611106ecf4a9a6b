#include "features/bookings/late_cash.hpp"

#include "contract/json.hpp"

#include <stdexcept>

namespace safargo::bookings {
namespace {

// A disputed ride is checked again later, as held money is.
constexpr std::chrono::hours look_again{1};

}  // namespace

db::Subscription LateCash::subscription() {
    return {.name = "bookings.late_cash",
            .handlings = {{cash_due, [this](db::OutboxMessage message) { return record(std::move(message)); }}},
            .giving_up = db::GivingUp::never};
}

Task<void> LateCash::record(db::OutboxMessage message) {
    const auto due = contract::parse_json<CashDue>(message.payload);
    if (!due) throw std::runtime_error("unreadable payload of booking.cash_due");
    co_await database_.transact<Nothing>(
        [this, id = due->booking_id](db::Transaction& tx) { return record_one(tx, id); });
}

// If the trip was called off in the meantime, the payment is cancelled and stays so.
Task<Result<Nothing>> LateCash::record_one(db::Transaction& tx, BookingId id) {
    auto booking = co_await rows_.lock(tx, id);
    if (!booking) co_return Nothing{};
    const Instant now = clock_.now();
    if (booking->status == BookingStatus::disputed) {
        transitions_.record_cash_later(tx, *booking, now, now + look_again);
    } else {
        co_await transitions_.record_cash(tx, *booking, now);
    }
    co_return Nothing{};
}

}  // namespace safargo::bookings
