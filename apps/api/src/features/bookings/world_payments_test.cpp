#include "core/failures.hpp"
#include "features/bookings/booking_rows.hpp"
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Charge;
using payments::Method;
using payments::PaymentStatus;
using payments::PaymentView;

constexpr db::Statement insert_payment{"test_payment_insert", R"(
    insert into payments (id, booking_id, passenger_id, driver_id, method, status, price, service_fee, amount, created_at)
    values ($1, $2, $3, $4, $5, 'intent', $6, $7, $6 + $7, $8))"};

constexpr db::Statement find_payments{"test_payment_find", R"(
    select booking_id, id, method, status, amount, captured, refunded, checkout_url, price_back + fee_back, driver_share
    from payments
    where booking_id = any($1))"};

constexpr db::Statement save_payment{"test_payment_save", R"(
    update payments set status = $2, captured = $3, refunded = $4, version = version + 1
    where booking_id = $1 and status = any($5::text[]))"};

constexpr db::Statement add_seats_back{"test_payment_seats_back", R"(
    update payments set price_back = price_back + $2, fee_back = fee_back + $3, driver_share = driver_share + $4
    where booking_id = $1)"};

constexpr db::Statement find_seats_back{"test_payment_find_seats_back", R"(
    select price_back, fee_back, driver_share from payments where booking_id = $1)"};

constexpr db::Statement keep_split{"test_payment_keep_split", R"(
    update payments set price_back = price - $2 where booking_id = $1)"};

using Statuses = std::vector<std::string>;

Task<bool> move(db::Transaction& tx, BookingId booking, Statuses from, PaymentStatus to, Dinars captured = {},
                Dinars refunded = {}) {
    const db::Rows rows = co_await tx.query(save_payment, booking, contract::enum_name(to), captured, refunded, from);
    co_return rows.affected() == 1;
}

Task<Charge> charge_of(db::Transaction& tx, BookingId booking) {
    const auto found = co_await BookingRepository{}.find(tx, booking);
    co_return found.value().charge();
}

}  // namespace

Result<Nothing> TablePayments::accepts(Method method) const {
    if (method == Method::cash || method == Method::sandbox) return Nothing{};
    return fail(Code::feature_unavailable);
}

Task<PaymentView> TablePayments::open(db::Transaction& tx, const Charge& charge, Instant now) {
    const PaymentId id = PaymentId::make(now);
    co_await tx.query(insert_payment, id, charge.booking, charge.passenger, charge.driver,
                      contract::enum_name(charge.method), charge.price, charge.service_fee, now);
    co_return PaymentView{id, charge.method, PaymentStatus::intent, charge.total(), {}, {}, {}};
}

Task<void> TablePayments::hold_later(db::Transaction&, BookingId booking, Instant now) {
    holds[booking] = now;
    co_return;
}

Task<void> TablePayments::hold_now(BookingId booking) {
    if (provider == Provider::silent) throw DependencyUnavailable("provider", "no answer");
    return provider == Provider::holds ? held(booking) : declined(booking);
}

Task<void> TablePayments::held(BookingId booking) {
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_hold(tx, booking); });
}

Task<Result<Nothing>> TablePayments::take_hold(db::Transaction& tx, BookingId booking) {
    switch (co_await listener->held(tx, booking)) {
        case payments::HeldMoney::taken:
            co_await move(tx, booking, {"intent", "failed", "cancelled"}, PaymentStatus::hold);
            break;
        case payments::HeldMoney::too_late:
            co_await end_unheld(tx, booking);
            break;
        case payments::HeldMoney::known:
            break;
    }
    co_return Nothing{};
}

Task<void> TablePayments::declined(BookingId booking) {
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_decline(tx, booking); });
}

Task<Result<Nothing>> TablePayments::take_decline(db::Transaction& tx, BookingId booking) {
    if (co_await listener->declined(tx, booking)) co_await move(tx, booking, {"intent"}, PaymentStatus::failed);
    co_return Nothing{};
}

Task<std::optional<PaymentView>> TablePayments::find(db::Session& session, BookingId booking) {
    auto found = co_await find_all(session, {booking});
    if (found.empty()) co_return std::nullopt;
    co_return std::move(found[0].second);
}

Task<std::vector<std::pair<BookingId, PaymentView>>> TablePayments::find_all(db::Session& session,
                                                                             std::vector<BookingId> bookings) {
    const db::Rows rows = co_await session.query(find_payments, std::move(bookings));
    std::vector<std::pair<BookingId, PaymentView>> found;
    for (const db::Row row : rows) {
        found.emplace_back(row.get<BookingId>(0),
                           PaymentView{row.get<PaymentId>(1), row.get<Method>(2), row.get<PaymentStatus>(3),
                                       row.get<Dinars>(4), row.get<Dinars>(5), row.get<Dinars>(6),
                                       row.get<std::optional<std::string>>(7), row.get<Dinars>(8), row.get<Dinars>(9)});
    }
    co_return found;
}

Task<void> TablePayments::end(db::Transaction& tx, const Charge& charge, payments::Split split, Instant) {
    EXPECT_EQ(split.to_driver + split.to_platform + split.to_passenger, charge.total());
    const payments::SeatsBack back = co_await seats_back(tx, charge.booking);
    split.to_passenger += back.price_back + back.fee_back;
    split.to_driver += back.driver_share;
    const Dinars kept = (co_await find(tx, charge.booking))->amount - split.to_passenger;
    split.to_platform = kept - split.to_driver;
    const bool all_kept = kept > Dinars{0} && split.to_passenger == Dinars{0};
    const PaymentStatus shared = all_kept ? PaymentStatus::captured : PaymentStatus::refunded;
    if (co_await move(tx, charge.booking, {"hold"}, shared, kept, split.to_passenger)) {
        sharing[charge.booking] = split;
        co_await tx.query(keep_split, charge.booking, split.to_driver);
    } else {
        co_await end_unheld(tx, charge.booking);
    }
}

Task<void> TablePayments::end_unheld(db::Transaction& tx, BookingId booking) {
    if (co_await move(tx, booking, {"intent", "failed"}, PaymentStatus::cancelled)) co_return;
    const auto payment = co_await find(tx, booking);
    if (payment->status == PaymentStatus::cancelled) ++releases[booking];
}

Task<void> TablePayments::give_all_back(db::Transaction& tx, BookingId booking, Instant now) {
    const Charge charge = co_await charge_of(tx, booking);
    if (co_await move(tx, booking, {"captured"}, PaymentStatus::refunded, {}, charge.total())) co_return;
    co_await end(tx, charge, {.to_passenger = charge.total(), .to_driver = {}, .to_platform = {}}, now);
}

Task<void> TablePayments::give_back_seats(db::Transaction& tx, const Charge& charge, payments::SeatsBack back) {
    co_await tx.query(add_seats_back, charge.booking, back.price_back, back.fee_back, back.driver_share);
}

Task<payments::SeatsBack> TablePayments::seats_back(db::Transaction& tx, BookingId booking) {
    const db::Rows rows = co_await tx.query(find_seats_back, booking);
    co_return payments::SeatsBack{rows[0].get<Dinars>(0), rows[0].get<Dinars>(1), rows[0].get<Dinars>(2)};
}

Task<void> TablePayments::record_cash(db::Transaction& tx, BookingId booking, Instant) {
    co_await move(tx, booking, {"intent"}, PaymentStatus::captured, (co_await charge_of(tx, booking)).total());
}

Task<Result<Nothing>> TablePayments::decide(db::Transaction&, BookingId, payments::Decision, Instant) {
    throw std::logic_error("disputes are decided with real payments: features/disputes");
}

Task<void> TablePayments::capture_later(db::Transaction&, BookingId booking, Instant, Instant when) {
    captures[booking] = when;
    co_return;
}

}  // namespace safargo::bookings
