#include "features/payments/payments_world_test.hpp"

#include "contract/described.hpp"
#include "core/failures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace safargo::payments::test {
namespace {

using Outcome = PaymentProvider::Outcome;

constexpr db::Statement select_booking{"test_lock_booking", R"(
    select passenger_id, driver_id, method, price, service_fee, status from played_bookings where id = $1 for update)"};
constexpr db::Statement insert_booking{"test_insert_booking", R"(
    insert into played_bookings (id, passenger_id, driver_id, method, price, service_fee, status)
    values ($1, $2, $3, $4, $5, $6, $7))"};
constexpr db::Statement update_booking{"test_update_booking", R"(
    update played_bookings set status = $2 where id = $1)"};
constexpr db::Statement select_queued{"test_queued", R"(
    select kind, ordering_key, available_at from outbox
    where sent_at is null and payload like '%' || $1::text || '%' order by id)"};
constexpr db::Statement select_due{"test_due", R"(
    select id, ordering_key, kind, payload from outbox o
    where sent_at is null and available_at <= $1 and id > $2
      and not exists (select from outbox earlier where earlier.ordering_key = o.ordering_key and earlier.id < o.id
                      and earlier.sent_at is null)
    order by id limit 1)"};
constexpr db::Statement mark_sent{"test_mark_sent", R"(
    update outbox set sent_at = $2 where id = $1)"};
constexpr db::Statement next_time{"test_next_time", R"(
    select min(available_at) from outbox where sent_at is null)"};
constexpr db::Statement provider_total{"test_provider_total", R"(
    select coalesce(sum(case status when 'held' then amount else captured - refunded end), 0)::bigint
    from sandbox_charges where status in ('held', 'captured', 'refunded'))"};

struct BookingRow {
    Charge charge;
    std::string status;
};

Task<BookingRow> lock_booking(db::Transaction& tx, BookingId booking) {
    const db::Rows rows = co_await tx.query(select_booking, booking);
    const db::Row row = rows[0];
    co_return BookingRow{
        {booking, row.get<UserId>(0), row.get<UserId>(1),
         contract::enum_from<Method>(row.get<std::string_view>(2)).value(), row.get<Dinars>(3), row.get<Dinars>(4)},
        row.get<std::string>(5)};
}

Task<void> move_booking(db::Transaction& tx, BookingId booking, std::string status) {
    co_await tx.query(update_booking, booking, status);
}

}  // namespace

Task<Outcome> CrashingProvider::hold(std::string key, std::string reference, Dinars amount) {
    crash_.step();
    const Outcome outcome = co_await inner_.hold(key, reference, amount);
    crash_.step();
    co_return outcome;
}

Task<Outcome> CrashingProvider::capture(std::string key, std::string reference, Dinars amount) {
    crash_.step();
    const Outcome outcome = co_await inner_.capture(key, reference, amount);
    if (during_capture) {
        const auto meanwhile = std::exchange(during_capture, nullptr);
        co_await meanwhile();
    }
    crash_.step();
    co_return outcome;
}

Task<Outcome> CrashingProvider::release(std::string key, std::string reference) {
    crash_.step();
    const Outcome outcome = co_await inner_.release(key, reference);
    crash_.step();
    co_return outcome;
}

Task<Outcome> CrashingProvider::refund(std::string key, std::string reference, Dinars amount) {
    crash_.step();
    const Outcome outcome = co_await inner_.refund(key, reference, amount);
    crash_.step();
    co_return outcome;
}

Task<std::optional<Outcome>> CrashingProvider::find_hold(std::string reference) {
    return inner_.find_hold(std::move(reference));
}

Task<void> PlayedBookings::held(BookingId booking) {
    crash_.step();
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_held(tx, booking); });
    crash_.step();
}

Task<Result<Nothing>> PlayedBookings::take_held(db::Transaction& tx, BookingId booking) {
    const BookingRow row = co_await lock_booking(tx, booking);
    if (row.status == "awaiting_payment") {
        co_await payments_.record_hold(tx, row.charge, clock_.now());
        co_await move_booking(tx, booking, "confirmed");
    } else if (row.status == "expired") {
        co_await payments_.record_hold(tx, row.charge, clock_.now());
        co_await payments_.end(tx, row.charge, {.to_passenger = row.charge.total(), .to_driver = {}, .to_platform = {}},
                               clock_.now());
    } else if (row.status == "cancelled") {
        co_await payments_.end(tx, row.charge, {.to_passenger = row.charge.total(), .to_driver = {}, .to_platform = {}},
                               clock_.now());
    }
    crash_.step();
    co_return Nothing{};
}

Task<void> PlayedBookings::declined(BookingId booking) {
    crash_.step();
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_declined(tx, booking); });
    crash_.step();
}

Task<Result<Nothing>> PlayedBookings::take_declined(db::Transaction& tx, BookingId booking) {
    const BookingRow row = co_await lock_booking(tx, booking);
    co_await payments_.record_decline(tx, row.charge, clock_.now());
    co_return Nothing{};
}

Task<bool> PlayedBookings::may_capture(db::Transaction& tx, BookingId booking) {
    crash_.step();
    const BookingRow row = co_await lock_booking(tx, booking);
    co_return row.status == "completed";
}

Task<void> PlayedBookings::captured(db::Transaction& tx, BookingId booking) {
    crash_.step();
    const BookingRow row = co_await lock_booking(tx, booking);
    if (row.status == "completed") co_await move_booking(tx, booking, "settled");
    crash_.step();
}

Task<std::optional<ChargedBooking>> PlayedBookings::lock_for_payment(db::Transaction& tx, BookingId booking) {
    const db::Rows rows = co_await tx.query(select_booking, booking);
    if (rows.empty()) co_return std::nullopt;
    const BookingRow row = co_await lock_booking(tx, booking);
    const Due due = row.status == "requested" ? Due::not_yet : row.status == "awaiting_payment" ? Due::now : Due::over;
    co_return ChargedBooking{row.charge, due};
}

Task<void> PlayedBookings::end(BookingId booking, std::string status, Split split) {
    db::Transaction tx = co_await database_.begin();
    const BookingRow row = co_await lock_booking(tx, booking);
    co_await move_booking(tx, booking, std::move(status));
    co_await payments_.end(tx, row.charge, split, clock_.now());
    co_await tx.commit();
}

Task<void> PlayedBookings::complete(BookingId booking, std::chrono::seconds settlement_delay) {
    db::Transaction tx = co_await database_.begin();
    const BookingRow row = co_await lock_booking(tx, booking);
    co_await move_booking(tx, booking, "completed");
    if (row.charge.method == Method::cash) {
        co_await payments_.record_cash(tx, row.charge, clock_.now());
    } else {
        co_await payments_.capture_later(tx, row.charge, clock_.now(), clock_.now() + settlement_delay);
    }
    co_await tx.commit();
}

PaymentsWorld::PaymentsWorld() : cloud_(safargo::testing::shared_context()->get_executor(), rows.database().options()) {
    rows.database().execute(
        "create table played_bookings (id uuid primary key, passenger_id uuid not null, driver_id uuid not null,"
        " method text not null, price bigint not null, service_fee bigint not null, status text not null)");
}

namespace {
Task<void> add_booking(db::Transaction& tx, Payments& payments, Charge charge, std::string status, Instant now) {
    co_await tx.query(insert_booking, charge.booking, charge.passenger, charge.driver,
                      contract::enum_name(charge.method), charge.price, charge.service_fee, status);
    co_await payments.open(tx, charge, now);
}
}  // namespace

Charge PaymentsWorld::book(Method method, std::int64_t price, std::string status) {
    const Charge charge{BookingId::make(start), passenger, driver, method, {price}, service_fee(method, {price})};
    in_transaction([&](db::Transaction& tx) { return add_booking(tx, service, charge, status, clock.now()); });
    return charge;
}

Charge PaymentsWorld::book_held(std::int64_t price) {
    const Charge charge = book(Method::sandbox, price);
    run(errands.try_hold(charge.booking));
    return charge;
}

Charge PaymentsWorld::book_completed(std::int64_t price) {
    const Charge charge = book_held(price);
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    return charge;
}

Charge PaymentsWorld::book_captured(std::int64_t price) {
    const Charge charge = book_completed(price);
    run(errands.capture(charge.booking));
    return charge;
}

namespace {
Task<void> commit_work(db::Database& database, const std::function<Task<void>(db::Transaction&)>& work) {
    db::Transaction tx = co_await database.begin();
    co_await work(tx);
    co_await tx.commit();
}
}  // namespace

void PaymentsWorld::in_transaction(std::function<Task<void>(db::Transaction&)> work) {
    run(commit_work(db(), work));
}

void PaymentsWorld::set_status(const Charge& charge, const std::string& status) {
    in_transaction([&](db::Transaction& tx) { return move_booking(tx, charge.booking, status); });
}

namespace {
Task<std::string> read_status(db::Database& database, BookingId booking) {
    db::Transaction tx = co_await database.begin();
    co_return (co_await lock_booking(tx, booking)).status;
}

Task<std::vector<PaymentsWorld::QueuedRow>> read_queued(db::Database& database, BookingId booking) {
    std::vector<PaymentsWorld::QueuedRow> queued;
    const db::Rows rows = co_await database.query(select_queued, booking.str());
    for (const db::Row row : rows) {
        queued.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<Instant>(2)});
    }
    co_return queued;
}

Task<db::OutboxMessage> next_due(db::Database& database, Instant now, std::int64_t after_id) {
    const db::Rows rows = co_await database.query(select_due, now, after_id);
    if (rows.empty()) co_return db::OutboxMessage{};
    const db::Row row = rows[0];
    co_return db::OutboxMessage{row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
                                row.get<std::int64_t>(0)};
}

Task<void> mark(db::Database& database, std::int64_t id, Instant now) {
    co_await database.query(mark_sent, id, now);
}

Task<std::optional<Instant>> next_instant(db::Database& database) {
    const db::Rows rows = co_await database.query(next_time);
    co_return rows[0].get<std::optional<Instant>>(0);
}

Task<Dinars> total_at_provider(db::Database& database) {
    const db::Rows rows = co_await database.query(provider_total);
    co_return rows[0].get<Dinars>(0);
}
}  // namespace

std::string PaymentsWorld::booking_status(const Charge& charge) {
    return run(read_status(db(), charge.booking));
}

std::optional<sandbox::Charge> PaymentsWorld::at_provider(const Charge& charge) {
    return run(sandbox.find_charge(payment(charge).id.str()));
}

void PaymentsWorld::script(sandbox::Operation operation, sandbox::FaultOutcome outcome, int remaining) {
    run(sandbox.add_fault({operation, outcome, Bounded<1, 1000>::from(remaining).value()}));
}

std::vector<PaymentsWorld::QueuedRow> PaymentsWorld::queued(const Charge& charge) {
    return run(read_queued(db(), charge.booking));
}

int PaymentsWorld::work_off() {
    int failures = 0;
    std::int64_t passed = 0;
    const db::OutboxRoutes routes = errands.routes();
    for (;;) {
        const db::OutboxMessage message = run(next_due(db(), clock.now(), passed));
        if (message.id == 0) return failures;
        passed = message.id;
        const auto route = std::ranges::find(routes, message.kind, &db::OutboxRoute::kind);
        try {
            run(route->handler(message));
            run(mark(db(), message.id, clock.now()));
        } catch (const std::exception&) {
            ++failures;
        }
    }
}

void PaymentsWorld::work_off_all() {
    for (int rounds = 0; rounds < 1'000; ++rounds) {
        work_off();
        const std::optional<Instant> next = run(next_instant(db()));
        if (!next) return;
        clock.set(std::max(clock.now(), *next));
    }
    FAIL() << "the outbox never comes to rest";
}

void PaymentsWorld::expect_sound() {
    EXPECT_EQ(discrepancies(), std::vector<std::string>{});
    EXPECT_EQ(balance(ledger::Account::provider_clearing), run(total_at_provider(db())));
}

}  // namespace safargo::payments::test
