// Test-only: the small Algeria of the bookings, with real payments, a stateful provider and an outbox that is drained
// by hand, for testing disputes.
#pragma once

#include "adapters/sandbox/sandbox_provider.hpp"
#include "features/bookings/no_shows.hpp"
#include "features/bookings/notifier_world_test.hpp"
#include "features/disputes/notifier.hpp"
#include "features/disputes/service.hpp"
#include "features/disputes/trip_listener.hpp"
#include "features/ledger/service.hpp"
#include "features/payments/payment_actions.hpp"
#include "features/payments/payment_service.hpp"

namespace safargo::disputes {

using bookings::BookingView;
using payments::Method;
using payments::PaymentStatus;
using namespace std::chrono_literals;

class DisputesWorld : public bookings::NotifierTest {
protected:
    DisputesWorld() { provider_tasks.set_listener(payment_listener); }

    // A booking of a new `passenger` with a new `driver`, leaving in two hours; its money is held.
    BookingId booked(Method method = Method::sandbox, int seats = 1);
    Result<BookingView> keep_seats(BookingId booking, int seats);  // their passenger gives the others back
    BookingId travelled(Method method = Method::sandbox);          // completed; online money is captured after 24 h
    BookingId settled();                                           // and its money captured
    BookingId missed(Side who, Method method = Method::sandbox);   // reported at once

    Result<BookingView> open(UserId who, BookingId booking, DisputeReason reason = DisputeReason::other);
    Result<BookingView> answer(UserId who, BookingId booking);
    Result<DisputeFile> resolve(BookingId booking, std::int64_t refund) { return resolve(admin, booking, refund); }
    Result<DisputeFile> resolve(Caller by, BookingId booking, std::int64_t refund);
    Result<DisputeFile> show(Caller by, BookingId booking);
    Task<Result<BookingView>> try_open(UserId who, BookingId booking);
    Task<Result<DisputeFile>> try_resolve(Caller by, DisputeId dispute, std::int64_t refund);

    void start_trip(BookingId booking);
    void end_trip(BookingId booking, trips::TripStatus status);
    Task<Result<Nothing>> try_end_trip(TripId trip, trips::TripStatus status);
    Result<BookingView> report(UserId who, BookingId booking);
    Result<payments::PaymentView> capture(BookingId booking);
    Result<payments::PaymentView> refund(BookingId booking);

    DisputeId dispute_of(BookingId booking);
    payments::PaymentView payment(BookingId booking) { return testing::run(money.find(db_, booking)).value(); }
    BookingView view(UserId reader, BookingId booking) {
        return testing::run(ride_queries.find(as(reader), booking)).value();
    }
    std::optional<sandbox::Charge> at_provider(BookingId booking) {
        return testing::run(sandbox_.find_charge(payment(booking).id.str()));
    }
    // Delivers the due rows, oldest first, and each twice, like a dispatcher that crashes before recording.
    void work_off();
    Task<void> send_due();
    void expect_money(BookingId booking, PaymentStatus status, std::int64_t captured, std::int64_t refunded);
    void expect_sound();
    std::int64_t counted(UserId who) { return counter(who, "late_cancellations"); }

private:
    db::Subscriptions subscriptions();
    Task<Result<Nothing>> change_trip(db::Transaction& tx, TripId id, trips::TripStatus status);
    db::Database cloud_{testing::shared_context()->get_executor(), database_.options()};

protected:
    sandbox::SandboxProvider sandbox_{cloud_, clock_};
    payments::ProviderTasks provider_tasks{db_, clock_, payments::Providers{&sandbox_}};
    payments::PaymentService money{payments::Providers{&sandbox_}, provider_tasks};
    bookings::BookingTransitions ride_transitions{seats_, money, settlement_};
    bookings::BookingPaymentListener payment_listener{clock_, seats_, money, ride_transitions};
    bookings::BookingTripListener trip_listener{clock_, ride_transitions};
    DisputeTripListener dispute_closer;
    bookings::BookingService rides{db_, clock_, seats_, money, ride_transitions, codes_};
    bookings::BookingEditing ride_editing{clock_, seats_, money, ride_transitions, codes_};
    bookings::BookingQueries ride_queries{db_, clock_, seats_, money, codes_, cursors_};
    bookings::NoShows no_shows{db_, clock_, money};
    payments::PaymentActions actions{db_, clock_, provider_tasks};
    DisputeService disputes{db_, clock_, money, ride_transitions, codes_, cursors_, 48h};
    DisputeNotifier dispute_notifier{db_, clock_, notifications};
    const Caller admin = as(add_user("Admin"), Role::admin);
};

template <class T>
Code code_of(const Result<T>& result) {
    return result ? Code::internal_error : result.error().code;
}

}  // namespace safargo::disputes
