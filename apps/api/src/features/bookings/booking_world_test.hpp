// Test-only: a small Algeria in a real database, in which people book rides.
#pragma once

#include "api/cursor.hpp"
#include "features/bookings/editing.hpp"
#include "features/bookings/late_cash.hpp"
#include "features/bookings/overdue_holds.hpp"
#include "features/bookings/payment_listener.hpp"
#include "features/bookings/queries.hpp"
#include "features/bookings/service.hpp"
#include "features/bookings/trip_listener.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace safargo::bookings {

using namespace std::chrono_literals;

// Seats directly on the trips table: only what bookings need of trips.
class TableSeats final : public trips::Seats {
public:
    TableSeats(const Clock& clock, std::optional<std::chrono::seconds> start_window)
        : clock_(clock), start_window_(start_window) {}

    Task<std::optional<trips::Trip>> lock(db::Transaction& tx, TripId id) override;
    Task<std::vector<trips::Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids) override;
    Task<std::optional<trips::Trip>> find(db::Session& session, TripId id) override;
    Task<Result<Nothing>> take(db::Transaction& tx, trips::Trip& trip, int from, int to, int seats) override;
    Task<void> give_back(db::Transaction& tx, trips::Trip& trip, int from, int to, int seats) override;
    Task<std::optional<trips::Trip>> lock_with_driver(db::Transaction& tx, UserId driver, TripId id) override;
    Result<Nothing> may_start(const trips::Trip& trip) const override;
    Task<Result<Nothing>> begin_ride(db::Transaction& tx, trips::Trip& trip) override;

    trips::TripListener* listener = nullptr;  // is told of the start

private:
    const Clock& clock_;
    std::optional<std::chrono::seconds> start_window_;
};

// Payments in their table, and a provider that answers as the test tells it to.
class TablePayments final : public payments::Payments {
public:
    explicit TablePayments(db::Database& database) : database_(database) {}

    Result<Nothing> accepts(payments::Method method) const override;
    Task<payments::PaymentView> open(db::Transaction& tx, const payments::Charge& charge, Instant now) override;
    Task<void> hold_later(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<void> hold_now(BookingId booking) override;
    Task<std::optional<payments::PaymentView>> find(db::Session& session, BookingId booking) override;
    Task<std::vector<std::pair<BookingId, payments::PaymentView>>> find_all(db::Session& session,
                                                                            std::vector<BookingId> bookings) override;
    Task<void> end(db::Transaction& tx, const payments::Charge& charge, payments::Split split, Instant now) override;
    Task<void> give_all_back(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<void> give_back_seats(db::Transaction& tx, const payments::Charge& charge, payments::SeatsBack back) override;
    Task<void> record_cash(db::Transaction& tx, BookingId booking, Instant now) override;
    Task<Result<Nothing>> decide(db::Transaction& tx, BookingId booking, payments::Decision decision,
                                 Instant now) override;
    Task<void> capture_later(db::Transaction& tx, BookingId booking, Instant now, Instant when) override;

    // The provider's answer arrives and is recorded as the bookings decide.
    Task<void> held(BookingId booking);
    Task<void> declined(BookingId booking);

    payments::PaymentListener* listener = nullptr;  // is told of the money
    enum class Provider { holds, declines, silent };
    Provider provider = Provider::holds;
    std::map<BookingId, Instant> holds;            // requested, and when
    std::map<BookingId, Instant> captures;         // requested, and when
    std::map<BookingId, payments::Split> sharing;  // of held money
    std::map<BookingId, int> releases;             // of money that came after the end

private:
    Task<payments::SeatsBack> seats_back(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_hold(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_decline(db::Transaction& tx, BookingId booking);
    Task<void> end_unheld(db::Transaction& tx, BookingId booking);

    db::Database& database_;
};

struct TripWish {
    int seats = 3;
    trips::BookingMode mode = trips::BookingMode::instant;
    trips::TripStatus status = trips::TripStatus::open;
    bool women_only = false;
    std::chrono::minutes departs_in = 24h * 5;
};

class World : public ::testing::Test {
protected:
    // `start_window`: as in production; a trip starts at any time without one, as in development.
    explicit World(std::optional<std::chrono::seconds> start_window = std::nullopt) : start_window_(start_window) {
        seats_.listener = &trips_;
        payments_.listener = &money_;
    }

    UserId add_user(const std::string& name, const std::string& gender = "");
    UserId add_driver(const std::string& name);
    // Alger 0 DA, Chlef 700 DA (2 h later), Oran 1,500 DA (5 h).
    TripId add_trip(UserId driver, TripWish wish = {});
    static Caller as(UserId who, Role role = Role::user) { return {.id = who, .session = {}, .role = role}; }

    struct Wish {
        int from = 0, to = 2, seats = 1;
        payments::Method method = payments::Method::cash;
    };
    Task<Result<BookingView>> try_book(UserId passenger, TripId trip, Wish wish);
    Result<BookingView> book(UserId passenger, TripId trip) { return book(passenger, trip, Wish{}); }
    Result<BookingView> book(UserId passenger, TripId trip, Wish wish);
    Result<BookingView> book_online(UserId passenger, TripId trip);  // paid, unless the provider does not
    BookingId confirmed(UserId passenger, TripId trip, payments::Method method = payments::Method::cash);

    using Action = Task<Result<BookingView>> (BookingService::*)(db::Transaction&, Caller, BookingId);
    Result<BookingView> act(Action action, Caller caller, BookingId booking);
    Result<BookingView> board(UserId driver, BookingId booking, Board proof);
    static Board by_pin(const std::string& pin) { return {.pin = BoardingPin::parse(pin).value(), .token = {}}; }
    static Board by_token(const std::string& token) { return {.pin = {}, .token = Text<500>::parse(token).value()}; }

    // The trip's own transaction: the row, then what follows.
    void start(TripId trip);
    void complete(TripId trip);
    void cancel(TripId trip, trips::CancelledBy by);

    std::string status(BookingId booking) { return text("select status from bookings where id = $1", booking.value); }
    std::string payment_status(BookingId booking);
    // The booking as its payment sees it; nullopt: there is none.
    std::optional<payments::PayableBooking> payable(BookingId booking);
    bool may_capture(BookingId booking) {
        const auto found = payable(booking);
        return found && found->may_capture();
    }
    std::string seats_left(TripId trip);  // "3,3"
    std::string news(BookingId booking);  // "requested confirmed"
    std::int64_t counter(UserId user, const std::string& column);
    std::string text(std::string sql, Uuid id);

    testing::TestDatabase database_;
    db::Database& db_ = database_.db();
    FakeClock clock_{parse_instant("2026-12-01T08:00:00Z").value()};
    BoardingCodes codes_{"a secret of at least thirty-two bytes", ""};
    api::CursorSigner cursors_{"a secret of at least thirty-two bytes"};
    std::optional<std::chrono::seconds> start_window_;
    TableSeats seats_{clock_, start_window_};
    TablePayments payments_{db_};
    SettlementRules settlement_{
        .delay = 24h,
        .contest_window = 24h,
        .short_ride_delay = start_window_ ? std::optional<std::chrono::seconds>(48h) : std::nullopt};
    BookingTransitions transitions_{seats_, payments_, settlement_};
    BookingPaymentListener money_{clock_, seats_, payments_, transitions_};
    BookingTripListener trips_{clock_, transitions_};
    OverdueHolds overdue_{db_, seats_, transitions_};
    LateCash late_cash_{db_, clock_, transitions_};
    BookingService bookings_{db_, clock_, seats_, payments_, transitions_, codes_};
    BookingEditing editing_{clock_, seats_, payments_, transitions_, codes_};
    BookingQueries queries_{db_, clock_, seats_, payments_, codes_, cursors_};
};

inline Code code_of(const Result<BookingView>& result) {
    return result ? Code::internal_error : result.error().code;
}

}  // namespace safargo::bookings
