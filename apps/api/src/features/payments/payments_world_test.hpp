// For tests of payments: the real database, the sandbox on connections of its own, a fake clock, an outbox that is
// worked off by hand, and bookings played by a table.
#pragma once

#include "adapters/sandbox/sandbox_provider.hpp"
#include "core/clock.hpp"
#include "features/ledger/money_rows_test.hpp"
#include "features/ledger/service.hpp"
#include "features/payments/payment_actions.hpp"
#include "features/payments/played_bookings_test.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace safargo::payments::test {

using ledger::test::scale;
using ledger::test::start;
using safargo::testing::run;

class PaymentsWorld {
public:
    static constexpr auto web_url = "https://safargo.example";

    PaymentsWorld();

    db::Database& db() { return rows.db(); }
    // A booking with an opened payment; status "requested", "awaiting_payment", …
    Charge book(Method method = Method::sandbox, std::int64_t price = 1500, std::string status = "awaiting_payment");
    void accept(const Charge& charge);                 // requested -> awaiting_payment
    Charge book_held(std::int64_t price = 1500);       // and its money on hold
    Charge book_completed(std::int64_t price = 1500);  // and its trip done, capture due
    Charge book_captured(std::int64_t price = 1500);   // and its money captured

    // Calls the provider and records the answer; may crash after the commit.
    void hold_now(const Charge& charge);
    // Each in a transaction of its own.
    void record_hold(const Charge& charge);
    void record_decline(const Charge& charge);
    void record_cash(const Charge& charge);
    void end(const Charge& charge, Split split);
    void in_transaction(std::function<Task<void>(db::Transaction&)> work);
    void set_status(const Charge& charge, const std::string& status);
    std::string booking_status(const Charge& charge);
    Payment payment(const Charge& charge) { return run(find_payment(db(), charge.booking)).value(); }
    std::optional<sandbox::Charge> at_provider(const Charge& charge);
    void script(sandbox::Operation operation, sandbox::FaultOutcome outcome, int remaining = 1);
    // On the sandbox's page; false if nothing waits for the customer there.
    bool act(const Charge& charge, sandbox::CustomerAct act = sandbox::CustomerAct::pay);

    struct QueuedRow {
        std::string kind, ordering_key;
        Instant available_at;
    };
    std::vector<QueuedRow> queued(const Charge& charge);
    std::vector<std::string> queued_kinds(const Charge& charge);
    // Delivers the due rows, oldest first; rows that throw stay queued. Returns how many threw.
    int work_off();
    // Until nothing is left, through hours, lost answers and crashes.
    void work_off_all();

    Dinars balance(ledger::Account account, std::optional<UserId> user = std::nullopt) {
        return run(ledger::balance(db(), account, user));
    }
    std::vector<std::string> discrepancies() { return run(ledger::prove(db())); }
    void expect_payment(const Charge& charge, PaymentStatus status, std::int64_t captured, std::int64_t refunded);
    // Checks that our books and the provider agree.
    void expect_sound();

    ledger::test::MoneyRows rows;
    FakeClock clock{start};
    CrashPlan crash;

private:
    db::Database cloud_;

public:
    sandbox::SandboxProvider sandbox{cloud_, clock};
    CrashingProvider provider{sandbox, crash};
    ProviderTasks provider_tasks{
        rows.db(), clock, Providers{&provider}, {}, {.settlement_delay = std::chrono::hours{24}, .web_url = web_url}};
    PaymentService service{Providers{&provider}, provider_tasks};
    PlayedBookings bookings{rows.db(), service, provider_tasks, clock, crash};
    PaymentActions actions{rows.db(), clock, provider_tasks};
    UserId passenger = rows.add_user(), driver = rows.add_user();
    Caller as_passenger{passenger, {}, Role::user}, as_admin{rows.add_user(), {}, Role::admin};
};

// What the tests of provider tasks do with one payment.
class TasksWorld : public ::testing::Test, protected PaymentsWorld {
protected:
    PaymentStatus status(const Charge& charge) { return payment(charge).status; }
    void wait(std::chrono::seconds time) { clock.advance(time); }
    void end(const Charge& charge, const std::string& booking_status, Split split = {}) {
        run(bookings.end(charge.booking, booking_status, split));
    }
};

}  // namespace safargo::payments::test
