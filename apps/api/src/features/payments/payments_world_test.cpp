#include "features/payments/payments_world_test.hpp"

#include "contract/described.hpp"
#include "core/failures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace safargo::payments::test {
namespace {

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

}  // namespace

PaymentsWorld::PaymentsWorld() : cloud_(safargo::testing::shared_context()->get_executor(), rows.database().options()) {
    rows.database().execute(std::string(played_bookings_table));
    provider_tasks.set_listener(bookings);
}

namespace {
Task<void> add_booking(db::Transaction& tx, Payments& payments, Charge charge, std::string status, Instant now) {
    const bool due = status == "awaiting_payment";
    co_await insert_booking(tx, charge, std::move(status));
    co_await payments.open(tx, charge, now);
    if (due) co_await payments.hold_later(tx, charge.booking, now);
}

Task<void> accept_booking(db::Transaction& tx, Payments& payments, Charge charge, Instant now) {
    co_await move_booking(tx, charge.booking, "awaiting_payment");
    co_await payments.hold_later(tx, charge.booking, now);
}
}  // namespace

Charge PaymentsWorld::book(Method method, std::int64_t price, std::string status) {
    const Charge charge{BookingId::make(start), passenger, driver, method, {price}, service_fee(method, {price})};
    in_transaction([&](db::Transaction& tx) { return add_booking(tx, service, charge, status, clock.now()); });
    return charge;
}

void PaymentsWorld::accept(const Charge& charge) {
    in_transaction([&](db::Transaction& tx) { return accept_booking(tx, service, charge, clock.now()); });
}

Charge PaymentsWorld::book_held(std::int64_t price) {
    const Charge charge = book(Method::sandbox, price);
    hold_now(charge);
    return charge;
}

Charge PaymentsWorld::book_completed(std::int64_t price) {
    const Charge charge = book_held(price);
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    return charge;
}

Charge PaymentsWorld::book_captured(std::int64_t price) {
    const Charge charge = book_completed(price);
    run(provider_tasks.capture(charge.booking));
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

void PaymentsWorld::hold_now(const Charge& charge) {
    run(service.hold_now(charge.booking));
    crash.step();
}

void PaymentsWorld::record_hold(const Charge& charge) {
    in_transaction([&](db::Transaction& tx) { return provider_tasks.record_hold(tx, charge.booking); });
}

void PaymentsWorld::record_decline(const Charge& charge) {
    in_transaction([&](db::Transaction& tx) { return provider_tasks.record_decline(tx, charge.booking); });
}

void PaymentsWorld::record_cash(const Charge& charge) {
    in_transaction([&](db::Transaction& tx) { return service.record_cash(tx, charge.booking, clock.now()); });
}

void PaymentsWorld::end(const Charge& charge, Split split) {
    in_transaction([&](db::Transaction& tx) { return service.end(tx, charge, split, clock.now()); });
}

void PaymentsWorld::set_status(const Charge& charge, const std::string& status) {
    in_transaction([&](db::Transaction& tx) { return move_booking(tx, charge.booking, status); });
}

namespace {
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

bool PaymentsWorld::act(const Charge& charge, sandbox::CustomerAct act) {
    return run(sandbox.act(payment(charge).id.str(), act));
}

std::vector<PaymentsWorld::QueuedRow> PaymentsWorld::queued(const Charge& charge) {
    return run(read_queued(db(), charge.booking));
}

std::vector<std::string> PaymentsWorld::queued_kinds(const Charge& charge) {
    std::vector<std::string> kinds;
    for (const QueuedRow& row : queued(charge)) kinds.push_back(row.kind);
    return kinds;
}

int PaymentsWorld::work_off() {
    int failures = 0;
    std::int64_t passed = 0;
    const db::Subscription subscription = provider_tasks.subscription();
    for (;;) {
        const db::OutboxMessage message = run(next_due(db(), clock.now(), passed));
        if (message.id == 0) return failures;
        passed = message.id;
        try {
            run((*subscription.handler_of(message.kind))(message));
            crash.step();
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
    FAIL() << "the outbox never drains";
}

void PaymentsWorld::expect_payment(const Charge& charge, PaymentStatus status, std::int64_t captured,
                                   std::int64_t refunded) {
    const Payment is = payment(charge);
    EXPECT_EQ(is.status, status);
    EXPECT_EQ(is.captured, Dinars{captured});
    EXPECT_EQ(is.refunded, Dinars{refunded});
}

void PaymentsWorld::expect_sound() {
    EXPECT_EQ(discrepancies(), std::vector<std::string>{});
    EXPECT_EQ(balance(ledger::Account::provider_clearing), run(total_at_provider(db())));
}

}  // namespace safargo::payments::test
