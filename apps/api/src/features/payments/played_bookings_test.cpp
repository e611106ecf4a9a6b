#include "features/payments/played_bookings_test.hpp"

#include "contract/described.hpp"

#include <utility>
#include <vector>

namespace safargo::payments::test {
namespace {

constexpr db::Statement select_booking{"test_lock_booking", R"(
    select passenger_id, driver_id, method, price, service_fee, status from played_bookings where id = $1 for update)"};
constexpr db::Statement insert_played{"test_insert_booking", R"(
    insert into played_bookings (id, passenger_id, driver_id, method, price, service_fee, status)
    values ($1, $2, $3, $4, $5, $6, $7))"};
constexpr db::Statement update_booking{"test_update_booking", R"(
    update played_bookings set status = $2 where id = $1)"};
struct BookingRow {
    Charge charge;
    std::string status;
};

Task<BookingRow> lock_booking(db::Transaction& tx, BookingId booking) {
    const db::Rows rows = co_await tx.query(select_booking, booking);
    const db::Row row = rows[0];
    co_return BookingRow{
        {booking, row.get<UserId>(0), row.get<UserId>(1), row.get<Method>(2), row.get<Dinars>(3), row.get<Dinars>(4)},
        row.get<std::string>(5)};
}

}  // namespace

Task<void> insert_booking(db::Transaction& tx, Charge charge, std::string status) {
    co_await tx.query(insert_played, charge.booking, charge.passenger, charge.driver,
                      contract::enum_name(charge.method), charge.price, charge.service_fee, status);
}

Task<void> move_booking(db::Transaction& tx, BookingId booking, std::string status) {
    co_await tx.query(update_booking, booking, status);
}

Task<std::string> read_status(db::Database& database, BookingId booking) {
    db::Transaction tx = co_await database.begin();
    co_return (co_await lock_booking(tx, booking)).status;
}

std::string CrashingProvider::sent(const std::string& key) {
    const std::string as = forgets_keys ? key + '#' + std::to_string(sent_.size()) : key;
    sent_.emplace(key, as);
    return as;
}

Task<Attempt> CrashingProvider::open(std::string key, AttemptOrder order) {
    crash_.step();
    const Attempt attempt = co_await inner_.open(sent(key), order);
    crash_.step();
    co_return attempt;
}

Task<Attempt> CrashingProvider::hold(std::string key, AttemptName name) {
    crash_.step();
    const Attempt attempt = co_await inner_.hold(sent(key), name);
    crash_.step();
    co_return attempt;
}

Task<std::optional<Attempt>> CrashingProvider::find(AttemptName name) {
    const std::optional<Attempt> found = co_await inner_.find(std::move(name));
    if (after_find) {
        const auto meanwhile = std::exchange(after_find, nullptr);
        co_await meanwhile();
    }
    co_return found;
}

Task<Attempt> CrashingProvider::capture(std::string key, AttemptName name, Dinars amount) {
    crash_.step();
    const Attempt attempt = co_await inner_.capture(sent(key), name, amount);
    if (during_capture) {
        const auto meanwhile = std::exchange(during_capture, nullptr);
        co_await meanwhile();
    }
    crash_.step();
    co_return attempt;
}

Task<Attempt> CrashingProvider::release(std::string key, AttemptName name) {
    crash_.step();
    const Attempt attempt = co_await inner_.release(sent(key), name);
    crash_.step();
    co_return attempt;
}

Task<bool> CrashingProvider::refund(std::string key, AttemptName name, Dinars amount) {
    crash_.step();
    const bool accepted = co_await inner_.refund(sent(key), name, amount);
    crash_.step();
    co_return accepted;
}

Task<bool> CrashingProvider::has_refunded(std::string key, AttemptName name) {
    std::vector<std::string> all;
    const auto [first, last] = sent_.equal_range(key);
    for (auto each = first; each != last; ++each) all.push_back(each->second);
    for (const std::string& as : all) {
        if (co_await inner_.has_refunded(as, name)) co_return true;
    }
    co_return co_await inner_.has_refunded(key, name);
}

Task<HeldMoney> PlayedBookings::held(db::Transaction& tx, BookingId booking) {
    crash_.step();
    const BookingRow row = co_await lock_booking(tx, booking);
    HeldMoney answer = HeldMoney::known;
    if (row.status == "awaiting_payment") {
        co_await move_booking(tx, booking, "confirmed");
        answer = HeldMoney::taken;
    } else if (row.status == "expired") {
        co_await provider_tasks_.record_hold(tx, booking);
        co_await payments_.end(tx, row.charge, {.to_passenger = row.charge.total(), .to_driver = {}, .to_platform = {}},
                               clock_.now());
    } else if (row.status == "cancelled") {
        answer = HeldMoney::too_late;
    }
    crash_.step();
    co_return answer;
}

Task<bool> PlayedBookings::declined(db::Transaction& tx, BookingId booking) {
    crash_.step();
    co_await lock_booking(tx, booking);
    crash_.step();
    co_return true;
}

Task<void> PlayedBookings::captured(db::Transaction& tx, BookingId booking) {
    crash_.step();
    const BookingRow row = co_await lock_booking(tx, booking);
    if (row.status == "completed") co_await move_booking(tx, booking, "settled");
    crash_.step();
}

Task<std::optional<PayableBooking>> PlayedBookings::lock(db::Transaction& tx, BookingId booking) {
    crash_.step();
    const db::Rows rows = co_await tx.query(select_booking, booking);
    if (rows.empty()) co_return std::nullopt;
    const BookingRow row = co_await lock_booking(tx, booking);
    const Due due = row.status == "requested" ? Due::not_yet : row.status == "awaiting_payment" ? Due::now : Due::over;
    const bool earned = row.status == "completed" || row.status == "no_show_passenger";
    co_return PayableBooking{row.charge.passenger, due,       earned,    row.status == "disputed",
                             contest_until,        pay_until, arrives_at};
}

Task<void> PlayedBookings::end(BookingId booking, std::string status, Split split) {
    db::Transaction tx = co_await database_.begin();
    const BookingRow row = co_await lock_booking(tx, booking);
    co_await move_booking(tx, booking, std::move(status));
    co_await payments_.end(tx, row.charge, split, clock_.now());
    co_await tx.commit();
}

Task<Result<Nothing>> PlayedBookings::decide(BookingId booking, Dinars refund, UserId admin) {
    db::Transaction tx = co_await database_.begin();
    const BookingRow row = co_await lock_booking(tx, booking);
    crash_.step();
    auto decided = co_await payments_.decide(tx, booking, {refund, admin, "a dispute"}, clock_.now());
    if (!decided) co_return decided;
    co_await move_booking(tx, booking, "settled");
    crash_.step();
    co_await tx.commit();
    crash_.step();
    co_return decided;
}

Task<void> PlayedBookings::complete(BookingId booking, std::chrono::seconds settlement_delay) {
    db::Transaction tx = co_await database_.begin();
    const BookingRow row = co_await lock_booking(tx, booking);
    co_await move_booking(tx, booking, "completed");
    if (row.charge.method == Method::cash) {
        co_await payments_.record_cash(tx, booking, clock_.now());
    } else {
        co_await payments_.capture_later(tx, booking, clock_.now(), clock_.now() + settlement_delay);
    }
    co_await tx.commit();
}

}  // namespace safargo::payments::test
