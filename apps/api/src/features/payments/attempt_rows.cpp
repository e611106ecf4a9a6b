#include "features/payments/attempt_rows.hpp"

namespace safargo::payments {
namespace {

constexpr db::Statement update_asked{"payments_store_asked", R"(
    update payments set asked_attempt = attempt, return_url = $2, checkout_expires_at = $3, version = version + 1
    where id = $1)"};

constexpr db::Statement update_answer{"payments_store_answer", R"(
    update payments set provider_reference = $3, reference_attempt = $2, checkout_url = $4, checkout_qr = $5,
        checkout_expires_at = least(checkout_expires_at, $6), capture_before = $7, version = version + 1
    where id = $1 and (attempt = $2 or reference_attempt = $2))"};

constexpr db::Statement select_lapsing{"payments_find_lapsing", R"(
    select booking_id from payments
    where status = 'hold' and capture_before is not null and capture_before < $1
    order by capture_before limit $2)"};

std::optional<std::string> unless_empty(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace

Task<void> store_asked(db::Transaction& tx, Payment payment) {
    co_await tx.query(update_asked, payment.id, payment.return_url, payment.checkout_expires_at);
}

Task<bool> store_answer(db::Session& session, PaymentId payment, int attempt, Attempt answer) {
    const CustomerAction action = answer.action.value_or(CustomerAction{});
    const db::Rows rows =
        co_await session.query(update_answer, payment, static_cast<std::int32_t>(attempt), answer.reference,
                               unless_empty(action.url), unless_empty(action.qr), action.until, answer.capture_before);
    co_return rows.affected() == 1;
}

Task<std::vector<BookingId>> find_lapsing(db::Session& session, Instant limit, std::size_t most) {
    const db::Rows rows = co_await session.query(select_lapsing, limit, static_cast<std::int64_t>(most));
    std::vector<BookingId> bookings;
    bookings.reserve(rows.size());
    for (const db::Row row : rows) bookings.push_back(row.get<BookingId>(0));
    co_return bookings;
}

}  // namespace safargo::payments
