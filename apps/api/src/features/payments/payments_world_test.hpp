// For tests of payments: the real database, the sandbox on connections of its own, a fake clock, an outbox that is
// worked off by hand, and bookings played by a table.
#pragma once

#include "adapters/sandbox/sandbox_provider.hpp"
#include "core/clock.hpp"
#include "features/ledger/money_rows_test.hpp"
#include "features/ledger/service.hpp"
#include "features/payments/payment_actions.hpp"

#include <functional>
#include <string>
#include <vector>

namespace safargo::payments::test {

using ledger::test::scale;
using ledger::test::start;
using safargo::testing::run;

// A process that dies: thrown at the chosen step, counted over all steps.
struct Crash : std::runtime_error {
    Crash() : std::runtime_error("the process died") {}
};

class CrashPlan {
public:
    void at(int step) { left_ = step; }
    void never() { left_ = -1; }
    bool happened() const { return left_ == 0; }
    void step() {
        if (left_ > 0 && --left_ == 0) throw Crash();
    }

private:
    int left_ = -1;
};

// The provider with a chance to die before and after each call.
class CrashingProvider final : public PaymentProvider {
public:
    CrashingProvider(PaymentProvider& inner, CrashPlan& crash) : inner_(inner), crash_(crash) {}

    Task<Outcome> hold(std::string key, std::string reference, Dinars amount) override;
    Task<Outcome> capture(std::string key, std::string reference, Dinars amount) override;
    Task<Outcome> release(std::string key, std::string reference) override;
    Task<Outcome> refund(std::string key, std::string reference, Dinars amount) override;
    Task<std::optional<Outcome>> find_hold(std::string reference) override;

    // Runs inside the next capture, between the call and its answer.
    std::function<Task<void>()> during_capture;

private:
    PaymentProvider& inner_;
    CrashPlan& crash_;
};

// Bookings as payments need them: a row with a status, locked as the real one would be.
class PlayedBookings final : public PaymentObserver, public BookingDesk {
public:
    PlayedBookings(db::Database& database, Payments& payments, const Clock& clock, CrashPlan& crash)
        : database_(database), payments_(payments), clock_(clock), crash_(crash) {}

    Task<void> held(BookingId booking) override;
    Task<void> declined(BookingId booking) override;
    Task<bool> may_capture(db::Transaction& tx, BookingId booking) override;
    Task<void> captured(db::Transaction& tx, BookingId booking) override;
    Task<std::optional<ChargedBooking>> lock_for_payment(db::Transaction& tx, BookingId booking) override;

    // Moves the booking and, in the same transaction, ends its payment by `split`.
    Task<void> end(BookingId booking, std::string status, Split split);
    Task<void> complete(BookingId booking, std::chrono::seconds settlement_delay);

private:
    Task<Result<Nothing>> take_held(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_declined(db::Transaction& tx, BookingId booking);

    db::Database& database_;
    Payments& payments_;
    const Clock& clock_;
    CrashPlan& crash_;
};

class PaymentsWorld {
public:
    PaymentsWorld();

    db::Database& db() { return rows.db(); }
    // A booking with an opened payment; status "requested", "awaiting_payment", …
    Charge book(Method method = Method::sandbox, std::int64_t price = 1500, std::string status = "awaiting_payment");
    Charge book_held(std::int64_t price = 1500);       // and its money on hold
    Charge book_completed(std::int64_t price = 1500);  // and its trip done, capture due
    Charge book_captured(std::int64_t price = 1500);   // and its money captured

    void in_transaction(std::function<Task<void>(db::Transaction&)> work);
    void set_status(const Charge& charge, const std::string& status);
    std::string booking_status(const Charge& charge);
    Payment payment(const Charge& charge) { return run(find_payment(db(), charge.booking)).value(); }
    std::optional<sandbox::Charge> at_provider(const Charge& charge);
    void script(sandbox::Operation operation, sandbox::FaultOutcome outcome, int remaining = 1);

    struct QueuedRow {
        std::string kind, ordering_key;
        Instant available_at;
    };
    std::vector<QueuedRow> queued(const Charge& charge);
    // Sends what is due, oldest first; what throws stays queued. The number of rows that threw.
    int work_off();
    // Until nothing is left, whatever it takes: hours, lost answers, crashes.
    void work_off_all();

    Dinars balance(ledger::Account account, std::optional<UserId> user = std::nullopt) {
        return run(ledger::balance(db(), account, user));
    }
    std::vector<std::string> discrepancies() { return run(ledger::prove(db())); }
    // The same money in our books and at the provider.
    void expect_sound();

    ledger::test::MoneyRows rows;
    FakeClock clock{start};
    CrashPlan crash;

private:
    db::Database cloud_;

public:
    sandbox::SandboxProvider sandbox{cloud_};
    CrashingProvider provider{sandbox, crash};
    PaymentService service{rows.db(), Providers{&provider}};
    PlayedBookings bookings{rows.db(), service, clock, crash};
    ProviderErrands errands{rows.db(), clock, Providers{&provider}, service, bookings, bookings};
    PaymentActions actions{rows.db(), clock, bookings, bookings, errands};
    UserId passenger = rows.add_user(), driver = rows.add_user();
    Caller as_passenger{passenger, {}, Role::user}, as_admin{rows.add_user(), {}, Role::admin};
};

}  // namespace safargo::payments::test
