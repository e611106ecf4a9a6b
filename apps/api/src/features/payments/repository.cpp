#include "features/payments/repository.hpp"

#include "contract/described.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

// The new row is locked, like every row that its transaction wrote.
constexpr db::Statement insert_payment{"payments_insert", R"(
    insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, created_at)
    values ($1, $2, $3, $4, $5, 'intent', $6, $7, $6 + $7, $8)
    on conflict (booking_id) do nothing
    returning id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, captured, refunded,
              attempt, capturing, checkout_url, price_back, fee_back, driver_share, created_at, asked_attempt,
              reference_attempt, provider_reference, checkout_qr, return_url, checkout_expires_at, capture_before)"};

constexpr db::Statement select_payments{"payments_find", R"(
    select id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, captured, refunded,
           attempt, capturing, checkout_url, price_back, fee_back, driver_share, created_at, asked_attempt,
           reference_attempt, provider_reference, checkout_qr, return_url, checkout_expires_at, capture_before
    from payments where booking_id = any ($1))"};

constexpr db::Statement select_locked{"payments_lock", R"(
    select id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, captured, refunded,
           attempt, capturing, checkout_url, price_back, fee_back, driver_share, created_at, asked_attempt,
           reference_attempt, provider_reference, checkout_qr, return_url, checkout_expires_at, capture_before
    from payments where booking_id = $1 for update)"};

constexpr db::Statement select_booking{"payments_find_booking", R"(
    select booking_id from payments where id = $1)"};

constexpr db::Statement update_payment{"payments_store", R"(
    update payments set status = $2, captured = $3, refunded = $4, attempt = $5, capturing = $6, price_back = $7,
        fee_back = $8, driver_share = $9, version = version + 1
    where id = $1)"};

constexpr db::Statement insert_refund_row{"payment_refunds_insert", R"(
    insert into payment_refunds (id, payment_id, amount, reason, decided_by, created_at)
    values ($1, $2, $3, $4, $5, $6))"};

Payment read(const db::Row& row) {
    return {.id = row.get<PaymentId>(0),
            .booking = row.get<BookingId>(1),
            .passenger = row.get<UserId>(2),
            .driver = row.get<UserId>(3),
            .method = row.get<Method>(4),
            .status = row.get<PaymentStatus>(5),
            .price = row.get<Dinars>(6),
            .service_fee = row.get<Dinars>(7),
            .amount = row.get<Dinars>(8),
            .captured = row.get<Dinars>(9),
            .refunded = row.get<Dinars>(10),
            .attempt = row.get<std::int32_t>(11),
            .capturing = row.get<bool>(12),
            .checkout_url = row.get<std::optional<std::string>>(13),
            .price_back = row.get<Dinars>(14),
            .fee_back = row.get<Dinars>(15),
            .driver_share = row.get<Dinars>(16),
            .created_at = row.get<Instant>(17),
            .asked_attempt = row.get<std::int32_t>(18),
            .reference_attempt = row.get<std::optional<std::int32_t>>(19),
            .provider_reference = row.get<std::optional<std::string>>(20),
            .checkout_qr = row.get<std::optional<std::string>>(21),
            .return_url = row.get<std::optional<std::string>>(22),
            .checkout_expires_at = row.get<std::optional<Instant>>(23),
            .capture_before = row.get<std::optional<Instant>>(24)};
}

}  // namespace

void PaymentView::hide_checkout() {
    checkout_url = checkout_qr = return_url = std::nullopt;
    checkout_expires_at = std::nullopt;
}

PaymentView view(const Payment& payment) {
    const bool moved = payment.status != PaymentStatus::intent && payment.status != PaymentStatus::hold;
    PaymentView view{.id = payment.id,
                     .method = payment.method,
                     .status = payment.status,
                     .amount = payment.amount,
                     .captured = payment.captured,
                     .refunded = payment.refunded,
                     .checkout_url = payment.checkout_url,
                     .due_back = moved ? Dinars{} : payment.due_back(),
                     .driver_share = moved ? Dinars{} : payment.driver_share,
                     .checkout_qr = payment.checkout_qr,
                     .checkout_expires_at = payment.checkout_expires_at,
                     .return_url = payment.return_url};
    const bool waits = payment.status == PaymentStatus::intent && payment.reference_attempt == payment.attempt;
    if (!waits) view.hide_checkout();
    return view;
}

Task<Payment> insert(db::Transaction& tx, Charge charge, Instant now) {
    const db::Rows rows =
        co_await tx.query(insert_payment, PaymentId::make(now), charge.booking, charge.passenger, charge.driver,
                          contract::enum_name(charge.method), charge.price, charge.service_fee, now);
    if (rows.empty()) co_return co_await lock_payment(tx, charge.booking);
    co_return read(rows[0]);
}

Task<std::optional<Payment>> find_payment(db::Session& session, BookingId booking) {
    std::vector<Payment> found = co_await find_payments(session, std::vector{booking});
    if (found.empty()) co_return std::nullopt;
    co_return std::move(found.front());
}

Task<Payment> find_existing(db::Session& session, BookingId booking) {
    std::optional<Payment> payment = co_await find_payment(session, booking);
    if (!payment) throw std::logic_error("booking " + booking.str() + " has no payment");
    co_return std::move(*payment);
}

Task<std::vector<Payment>> find_payments(db::Session& session, std::vector<BookingId> bookings) {
    const db::Rows rows = co_await session.query(select_payments, bookings);
    std::vector<Payment> payments;
    payments.reserve(rows.size());
    for (const db::Row row : rows) payments.push_back(read(row));
    co_return payments;
}

Task<std::optional<BookingId>> find_booking(db::Session& session, PaymentId payment) {
    const db::Rows rows = co_await session.query(select_booking, payment);
    if (rows.empty()) co_return std::nullopt;
    co_return rows[0].get<BookingId>(0);
}

Task<Payment> lock_payment(db::Transaction& tx, BookingId booking) {
    const db::Rows rows = co_await tx.query(select_locked, booking);
    if (rows.empty()) throw std::logic_error("booking " + booking.str() + " has no payment");
    co_return read(rows[0]);
}

Task<void> store(db::Transaction& tx, Payment payment) {
    co_await tx.query(update_payment, payment.id, contract::enum_name(payment.status), payment.captured,
                      payment.refunded, static_cast<std::int32_t>(payment.attempt), payment.capturing,
                      payment.price_back, payment.fee_back, payment.driver_share);
}

Task<void> insert_refund(db::Transaction& tx, Refund refund, Instant now) {
    co_await tx.query(insert_refund_row, refund.id, refund.payment, refund.amount, refund.reason, refund.decided_by,
                      now);
}

}  // namespace safargo::payments
