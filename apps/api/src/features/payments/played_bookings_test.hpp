// For tests of payments: bookings as a table, and a process that can crash at any step.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/payments/payment_service.hpp"
#include "ports/payment_provider.hpp"

#include <functional>
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

// The provider, with a possible crash before and after each call.
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

    std::optional<Instant> contest_until;  // of every no-show

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
