// For tests of payments: bookings as a table, and a process that can crash at any step.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/payments/payment_service.hpp"
#include "ports/payment_provider.hpp"

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

namespace safargo::payments::test {

// A crash of the process: thrown at the chosen step, counted over all steps.
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

// The provider, with a possible crash before and after each call. It may have forgotten each key by the next call, as a
// vendor has after a day; what was refunded under a key can still be found.
class CrashingProvider final : public PaymentProvider {
public:
    CrashingProvider(PaymentProvider& inner, CrashPlan& crash) : inner_(inner), crash_(crash) {}

    Task<Attempt> open(std::string key, AttemptOrder order) override;
    Task<Attempt> hold(std::string key, AttemptName name) override;
    Task<std::optional<Attempt>> find(AttemptName name) override;
    Task<Attempt> capture(std::string key, AttemptName name, Dinars amount) override;
    Task<Attempt> release(std::string key, AttemptName name) override;
    Task<bool> refund(std::string key, AttemptName name, Dinars amount) override;
    Task<bool> has_refunded(std::string key, AttemptName name) override;

    // Runs inside the next capture, between the call and its answer.
    std::function<Task<void>()> during_capture;
    std::function<Task<void>()> after_find;  // the same for the next look
    bool forgets_keys = false;

private:
    std::string sent(const std::string& key);

    std::multimap<std::string, std::string> sent_;  // ours -> as the provider got it
    PaymentProvider& inner_;
    CrashPlan& crash_;
};

// Bookings as payments need them: a row with a status, locked like the real one.
class PlayedBookings final : public PaymentListener {
public:
    PlayedBookings(db::Database& database, PaymentService& payments, ProviderTasks& provider_tasks, const Clock& clock,
                   CrashPlan& crash)
        : database_(database), payments_(payments), provider_tasks_(provider_tasks), clock_(clock), crash_(crash) {}

    Task<std::optional<PayableBooking>> lock(db::Transaction& tx, BookingId booking) override;
    // Money of an expired booking is entered in the books and goes back at once.
    Task<HeldMoney> held(db::Transaction& tx, BookingId booking) override;
    Task<bool> declined(db::Transaction& tx, BookingId booking) override;
    Task<void> captured(db::Transaction& tx, BookingId booking) override;

    // Moves the booking and, in the same transaction, ends its payment by `split`.
    Task<void> end(BookingId booking, std::string status, Split split);
    Task<void> complete(BookingId booking, std::chrono::seconds settlement_delay);

    // Decides the dispute of a booking, as features/disputes does: in one transaction the booking is settled and the
    // money moves.
    Task<Result<Nothing>> decide(BookingId booking, Dinars refund, UserId admin);

    std::optional<Instant> contest_until;          // of every no-show
    std::optional<Instant> pay_until, arrives_at;  // of every booking

private:
    db::Database& database_;
    PaymentService& payments_;
    ProviderTasks& provider_tasks_;
    const Clock& clock_;
    CrashPlan& crash_;
};

// The table that plays bookings, and a row in it.
inline constexpr std::string_view played_bookings_table =
    "create table played_bookings (id uuid primary key, passenger_id uuid not null, driver_id uuid not null,"
    " method text not null, price bigint not null, service_fee bigint not null, status text not null)";
Task<void> insert_booking(db::Transaction& tx, Charge charge, std::string status);
Task<void> move_booking(db::Transaction& tx, BookingId booking, std::string status);
Task<std::string> read_status(db::Database& database, BookingId booking);

}  // namespace safargo::payments::test
