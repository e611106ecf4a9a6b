// Walks every action through every state of a booking, every state of its trip and every hour. A new state or action
// has no row yet and fails here.
#include "features/bookings/action_table_test.hpp"

#include "adapters/local/rate_limiter.hpp"
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/routes.hpp"

#include <algorithm>
#include <set>

namespace safargo::bookings {
namespace {

using contract::enum_name;
using trips::TripStatus;

template <class E>
std::vector<E> all() {
    std::vector<E> values;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { values.push_back(d.value); });
    return values;
}

std::string_view hours_of(const HoursOfTrip& hours, TripStatus trip) {
    switch (trip) {
        case TripStatus::draft:
            return hours.draft;
        case TripStatus::open:
            return hours.open;
        case TripStatus::in_progress:
            return hours.in_progress;
        case TripStatus::completed:
            return hours.completed;
        case TripStatus::cancelled:
            return hours.cancelled;
    }
    return {};
}

// '?' where the table has no row, or more than one.
char letter_of(const std::vector<ActionRow>& table, Act act, BookingStatus state, TripStatus trip, Hour hour) {
    const auto matches = [&](const ActionRow& row) {
        return row.act == act && std::ranges::find(row.states, state) != row.states.end();
    };
    const auto row = std::ranges::find_if(table, matches);
    if (row == table.end() || std::ranges::count_if(table, matches) != 1) return '?';
    const std::string_view letters = hours_of(row->hours, trip);
    const auto column = static_cast<std::size_t>(hour);
    return column < letters.size() ? letters[column] : '?';
}

char letter_of_code(Code code) {
    switch (code) {
        case Code::illegal_transition:
            return 'i';
        case Code::too_early:
            return 'e';
        case Code::trip_not_started:
            return 's';
        case Code::trip_ended:
            return 'x';
        case Code::trip_departed:
            return 'd';
        case Code::pickup_passed:
            return 'p';
        case Code::not_boarded:
            return 'b';
        case Code::boarding_code_invalid:
            return 'w';
        default:
            return '!';
    }
}

std::set<std::string> outcomes_of(Act act) {
    switch (act) {
        case Act::accept:
            return {"confirmed"};
        case Act::decline:
            return {"declined"};
        case Act::cancel_by_passenger:
        case Act::cancel_by_driver:
        case Act::cancel_by_admin:
            return {"cancelled" + std::string(enum_name(act)).substr(6)};
        case Act::board_by_pin:
        case Act::board_by_wrong_pin:
        case Act::board_by_token:
            return {"boarded"};
        case Act::no_show_by_driver:
            return {"no_show_passenger"};
        case Act::no_show_by_passenger:
            return {"no_show_driver"};
        case Act::complete:
            return {"completed", "settled"};  // cash is settled at once, unless the ride was short
    }
    return {};
}

constexpr db::Statement force_booking{"test_force_booking", R"(
    update bookings set status = $2, expires_at = $3, completed_at = $4, ended_at = $5, boarded_at = null where id = $1)"};
constexpr db::Statement force_trip{"test_force_trip", "update trips set status = $2 where id = $1"};
constexpr db::Statement look_at{"test_look_at", R"(
    select b.status, t.status, b.pin_attempts::text, (b.boarded_at is not null)::text
    from bookings b join trips t on t.id = b.trip_id where b.id = $1)"};

struct Cell {
    Act act;
    BookingStatus state;
    TripStatus trip;
    Hour hour;
};

// What one attempt left, before it was rolled back.
struct Seen {
    char letter = '?';
    std::string booking, trip, tries, proven;
};

class ActionTable : public World {
protected:
    ActionTable() : World(2h) {}

    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), admin_ = add_user("Admin");
    const TripId trip_ = add_trip(driver_);
    const Instant pickup_ = clock_.now() + 24h * 5, dropoff_ = pickup_ + 5h;
    const BookingId id_ = confirmed(amina_, trip_);
    const std::string pin_ = codes_.pin(id_), token_ = testing::run(queries_.find(as(amina_), id_))->boarding->token;

    Instant time_of(Hour hour) const {
        switch (hour) {
            case Hour::before_the_window:
                return pickup_ - 2h - 1us;
            case Hour::in_the_window:
                return pickup_ - 2h;
            case Hour::after_the_pickup:
                return pickup_;
            case Hour::a_quarter_later:
                return pickup_ + 15min;
            case Hour::after_the_end:
                return dropoff_ + 48h;
            case Hour::two_days_later:
                break;
        }
        return dropoff_ + 48h + 1us;
    }

    Task<Result<BookingView>> attempt(db::Transaction& tx, Act act) {
        const Caller driver = as(driver_), passenger = as(amina_), admin = as(admin_, Role::admin);
        switch (act) {
            case Act::accept:
                return bookings_.accept(tx, driver, id_);
            case Act::decline:
                return bookings_.decline(tx, driver, id_);
            case Act::cancel_by_passenger:
                return bookings_.cancel(tx, passenger, id_);
            case Act::cancel_by_driver:
                return bookings_.cancel(tx, driver, id_);
            case Act::cancel_by_admin:
                return bookings_.cancel(tx, admin, id_);
            case Act::board_by_pin:
                return bookings_.board(tx, driver, id_, by_pin(pin_));
            case Act::board_by_wrong_pin:
                return bookings_.board(tx, driver, id_, by_pin(pin_ == "0000" ? "0001" : "0000"));
            case Act::board_by_token:
                return bookings_.board(tx, driver, id_, by_token(token_));
            case Act::no_show_by_driver:
                return bookings_.report_missing(tx, driver, id_);
            case Act::no_show_by_passenger:
                return bookings_.report_missing(tx, passenger, id_);
            case Act::complete:
                return bookings_.complete(tx, driver, id_);
        }
        throw std::logic_error("an act without a case in play()");
    }

    Task<Result<Nothing>> play_in(db::Transaction& tx, Cell cell, Seen& seen) {
        std::optional<Instant> expires_at, completed_at, ended_at;
        if (is_hold(cell.state)) expires_at = pickup_ - 30min;
        const bool rode = cell.state == BookingStatus::completed || cell.state == BookingStatus::settled ||
                          cell.state == BookingStatus::disputed;
        if (rode) completed_at = std::min(clock_.now(), dropoff_);
        if (!rode && !is_active(cell.state)) ended_at = std::min(clock_.now(), dropoff_);
        co_await tx.query(force_booking, id_, enum_name(cell.state), expires_at, completed_at, ended_at);
        co_await tx.query(force_trip, trip_, enum_name(cell.trip));
        const auto answer = co_await attempt(tx, cell.act);
        const db::Rows rows = co_await tx.query(look_at, id_);
        seen = {.letter = answer ? '+' : letter_of_code(answer.error().code),
                .booking = rows[0].get<std::string>(0),
                .trip = rows[0].get<std::string>(1),
                .tries = rows[0].get<std::string>(2),
                .proven = rows[0].get<std::string>(3)};
        co_return fail(Code::internal_error);  // nothing of it stays
    }

    Seen play(Cell cell) {
        clock_.set(time_of(cell.hour));
        Seen seen;
        std::ignore = testing::run(
            db_.transact<Nothing>([this, cell, &seen](db::Transaction& tx) { return play_in(tx, cell, seen); }));
        return seen;
    }

    void expect(Cell cell, char letter) {
        const Seen seen = play(cell);
        const std::string state(enum_name(cell.state)), trip(enum_name(cell.trip));
        const bool overdue = is_hold(cell.state) && time_of(cell.hour) >= pickup_ - 30min;
        EXPECT_EQ(seen.letter, letter == '=' ? '+' : letter);
        if (letter == '+') {
            EXPECT_TRUE(outcomes_of(cell.act).contains(seen.booking)) << seen.booking;
        } else {
            EXPECT_EQ(seen.booking, overdue ? "expired" : state);
        }
        const bool starts = letter == '+' && outcomes_of(cell.act).contains("boarded");
        EXPECT_EQ(seen.trip, starts ? "in_progress" : trip);
        EXPECT_EQ(seen.tries, letter == 'w' ? "1" : "0");
        EXPECT_EQ(seen.proven, starts || letter == '=' ? "true" : "false");
    }

    void walk(std::set<Act> acts) {
        const auto table = action_table();
        for (const Act act : acts) {
            for (const BookingStatus state : all<BookingStatus>()) {
                for (const TripStatus trip : all<TripStatus>()) {
                    for (const Hour hour : all<Hour>()) {
                        SCOPED_TRACE(std::string(enum_name(act)) + " of " + std::string(enum_name(state)) + ", trip " +
                                     std::string(enum_name(trip)) + ", " + std::string(enum_name(hour)));
                        expect({act, state, trip, hour}, letter_of(table, act, state, trip, hour));
                    }
                }
            }
        }
    }
};

TEST_F(ActionTable, OfAnswersToRequests) {
    walk({Act::accept, Act::decline});
}

TEST_F(ActionTable, OfCancellations) {
    walk({Act::cancel_by_passenger, Act::cancel_by_driver, Act::cancel_by_admin});
}

TEST_F(ActionTable, OfBoarding) {
    walk({Act::board_by_pin, Act::board_by_wrong_pin, Act::board_by_token});
}

TEST_F(ActionTable, OfNoShows) {
    walk({Act::no_show_by_driver, Act::no_show_by_passenger});
}

TEST_F(ActionTable, OfGettingOff) {
    walk({Act::complete});
}

// The rows are complete whatever is walked above.
TEST_F(ActionTable, HasOneRowForEachActAndState) {
    const auto table = action_table();
    for (const Act act : all<Act>()) {
        for (const BookingStatus state : all<BookingStatus>()) {
            for (const TripStatus trip : all<TripStatus>()) {
                for (const Hour hour : all<Hour>()) {
                    EXPECT_NE(letter_of(table, act, state, trip, hour), '?') << enum_name(act) << enum_name(state);
                }
            }
        }
    }
}

class NobodyKnown final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override { co_return fail(Code::unauthenticated); }
};

// A route that acts on a booking is an act of the table.
TEST_F(ActionTable, HasEveryRouteThatActsOnABooking) {
    NobodyKnown nobody;
    local::InProcessRateLimiter limiter{clock_};
    api::Runtime runtime{db_, nobody, limiter, clock_};
    http::Router router;
    api::Endpoints endpoints{router, runtime};
    add_routes(endpoints, bookings_, editing_, queries_);
    std::set<std::string> routed, tabled;
    constexpr std::string_view actions = "/bookings/{id}/";
    for (const api::Operation& operation : endpoints.operations()) {
        if (operation.path.starts_with(actions)) routed.insert(operation.path.substr(actions.size()));
    }
    for (const Act act : all<Act>()) {
        std::string verb(enum_name(act).substr(0, enum_name(act).find("_by_")));
        std::ranges::replace(verb, '_', '-');
        tabled.insert(verb);
    }
    EXPECT_EQ(routed, tabled);
}

}  // namespace
}  // namespace safargo::bookings
