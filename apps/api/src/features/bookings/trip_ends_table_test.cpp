// Every state of a booking against every way in which its trip ends: passengers who have not travelled are refunded in
// full and told.
#include "features/bookings/booking_world_test.hpp"
#include "features/bookings/messages.hpp"

#include <algorithm>
#include <sstream>

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;
using trips::CancelledBy;

enum class Before {
    requested,
    awaiting_payment,
    confirmed,
    boarded,          // before the pickup
    completed_early,  // reported as got off before the ride can have begun
    settled_early,    // and the money was captured
    got_off,          // after most of the way
    declined,
    expired,
    cancelled_by_passenger,
    cancelled_by_driver,
    cancelled_by_admin,
};
BOOST_DESCRIBE_ENUM(Before, requested, awaiting_payment, confirmed, boarded, completed_early, settled_early, got_off,
                    declined, expired, cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin)

enum class End { cancelled_by_driver, cancelled_by_admin, cancelled_by_system, completed_ahead, completed };
BOOST_DESCRIBE_ENUM(End, cancelled_by_driver, cancelled_by_admin, cancelled_by_system, completed_ahead, completed)

// The state of booking and payment afterwards, and whether the passenger is told.
struct Fate {
    std::string_view booking, payment;
    bool told;
};

struct EndRow {
    Before before;
    Fate driver, admin, system, completed_ahead, completed;
};

constexpr Fate kept(std::string_view booking, std::string_view payment) {
    return {booking, payment, false};
}

std::vector<EndRow> end_table() {
    const Fate asked{"expired", "cancelled", true}, undone{"settled", "refunded", true};
    const Fate by_driver{"cancelled_by_driver", "refunded", true}, by_admin{"cancelled_by_admin", "refunded", true};
    const auto same = [](Before before, std::string_view booking, std::string_view payment) {
        const Fate fate = kept(booking, payment);
        return EndRow{before, fate, fate, fate, fate, fate};
    };
    return {
        {Before::requested, {"declined", "cancelled", true}, asked, asked, asked, asked},
        {Before::awaiting_payment,
         {"cancelled_by_driver", "cancelled", true},
         {"cancelled_by_admin", "cancelled", true},
         {"cancelled_by_admin", "cancelled", true},
         asked,
         asked},
        {Before::confirmed, by_driver, by_admin, by_admin, by_driver, {"completed", "hold", true}},
        {Before::boarded, undone, undone, undone, {"completed", "hold", true}, {"completed", "hold", true}},
        {Before::completed_early, undone, undone, undone, kept("completed", "hold"), kept("completed", "hold")},
        {Before::settled_early, undone, undone, undone, kept("settled", "captured"), kept("settled", "captured")},
        same(Before::got_off, "completed", "hold"),
        same(Before::declined, "declined", "cancelled"),
        same(Before::expired, "expired", "cancelled"),
        same(Before::cancelled_by_passenger, "cancelled_by_passenger", "refunded"),
        same(Before::cancelled_by_driver, "cancelled_by_driver", "refunded"),
        same(Before::cancelled_by_admin, "cancelled_by_admin", "refunded"),
    };
}

const Fate& fate_of(const EndRow& row, End end) {
    switch (end) {
        case End::cancelled_by_driver:
            return row.driver;
        case End::cancelled_by_admin:
            return row.admin;
        case End::cancelled_by_system:
            return row.system;
        case End::completed_ahead:
            return row.completed_ahead;
        case End::completed:
            break;
    }
    return row.completed;
}

class TripEndsTable : public World {
protected:
    TripEndsTable() : World(2h) {}

    const UserId admin_ = add_user("Admin");

    struct Scene {
        UserId driver, passenger;
        TripId trip;
        BookingId booking;
    };

    Scene make(Before before) {
        const UserId driver = add_driver("Ahmed Benali"), passenger = add_user("Amina Kaci");
        const bool asks = before == Before::requested || before == Before::declined || before == Before::expired;
        const TripId trip =
            add_trip(driver, {.mode = asks ? BookingMode::approval : BookingMode::instant, .departs_in = 90min});
        const bool pays = !asks && before != Before::awaiting_payment;
        const BookingId booking = pays ? confirmed(passenger, trip, Method::sandbox)
                                       : book(passenger, trip, {.method = Method::sandbox}).value().id;
        const Scene scene{driver, passenger, trip, booking};
        bring_to(before, scene);
        database_.execute("delete from outbox");  // earlier events
        return scene;
    }

    void bring_to(Before before, const Scene& scene) {
        const auto& [driver, passenger, trip, id] = scene;
        switch (before) {
            case Before::requested:
            case Before::awaiting_payment:
            case Before::confirmed:
                return;
            case Before::declined:
                ASSERT_TRUE(act(&BookingService::decline, as(driver), id));
                return;
            case Before::expired:
                start(trip);
                return;
            case Before::cancelled_by_passenger:
                ASSERT_TRUE(act(&BookingService::cancel, as(passenger), id));
                return;
            case Before::cancelled_by_driver:
                ASSERT_TRUE(act(&BookingService::cancel, as(driver), id));
                return;
            case Before::cancelled_by_admin:
                ASSERT_TRUE(act(&BookingService::cancel, as(admin_, Role::admin), id));
                return;
            default:
                get_on(before, scene);
        }
    }

    void get_on(Before before, const Scene& scene) {
        const auto& [driver, passenger, trip, id] = scene;
        ASSERT_TRUE(board(driver, id, by_pin(codes_.pin(id))));
        if (before == Before::boarded) return;
        if (before == Before::got_off) clock_.advance(90min + 4h);
        ASSERT_TRUE(act(&BookingService::complete, as(driver), id));
        if (before != Before::settled_early) return;
        database_.execute("update payments set status = 'captured', captured = amount where booking_id = '" + id.str() +
                          "'");
        testing::run(db_.transact<Nothing>([this, id](db::Transaction& tx) { return tell_captured(tx, id); }));
    }
    Task<Result<Nothing>> tell_captured(db::Transaction& tx, BookingId id) {
        co_await money_.captured(tx, id);
        co_return Nothing{};
    }

    void end(TripId trip, End end) {
        switch (end) {
            case End::cancelled_by_driver:
                return cancel(trip, CancelledBy::driver);
            case End::cancelled_by_admin:
                return cancel(trip, CancelledBy::admin);
            case End::cancelled_by_system:
                return cancel(trip, CancelledBy::system);
            case End::completed_ahead:
                return complete(trip);
            case End::completed:
                clock_.advance(90min + 6h);
                return complete(trip);
        }
    }

    bool is_told(BookingId id) {
        std::istringstream said(news(id));
        for (std::string word; said >> word;) {
            const auto messages = messages_of(contract::enum_from<BookingNews>(word).value());
            if (std::ranges::find(messages, Audience::passenger, &Message::to) != messages.end()) return true;
        }
        return false;
    }
};

TEST_F(TripEndsTable, RefundsAndTellsEveryPassengerWhoHasNotTravelled) {
    const auto table = end_table();
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Before>>([&](auto before) {
        const auto row = std::ranges::find(table, before.value, &EndRow::before);
        ASSERT_NE(row, table.end()) << before.name;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<End>>([&](auto way) {
            SCOPED_TRACE(std::string(before.name) + ", trip " + way.name);
            const Scene scene = make(before.value);
            end(scene.trip, way.value);
            const Fate& fate = fate_of(*row, way.value);
            EXPECT_EQ(status(scene.booking), fate.booking);
            EXPECT_EQ(payment_status(scene.booking), fate.payment);
            EXPECT_EQ(is_told(scene.booking), fate.told) << news(scene.booking);
            const bool undone = fate.payment == "refunded" && fate.told;
            if (undone) {
                EXPECT_EQ(counter(scene.passenger, "trips_travelled"), 0);
            }
        });
    });
}

// The fault itself, where a trip may start at any time.
class BookedWeeksAhead : public World {};

TEST_F(BookedWeeksAhead, BoardedCompletedCapturedAndThenCalledOff) {
    const UserId driver = add_driver("Ahmed Benali"), amina = add_user("Amina Kaci"), karim = add_user("Karim H.");
    const TripId trip = add_trip(driver, {.departs_in = 24h * 21});
    const BookingId paid = confirmed(amina, trip, Method::sandbox), cash = confirmed(karim, trip);
    for (const BookingId id : {paid, cash}) {
        ASSERT_TRUE(board(driver, id, by_pin(codes_.pin(id))));
        ASSERT_TRUE(act(&BookingService::complete, as(driver), id));
    }
    database_.execute("update payments set status = 'captured', captured = amount where method = 'sandbox'");
    database_.execute("update bookings set status = 'settled' where payment_method = 'sandbox'");
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(payment_status(paid), "refunded");
    EXPECT_EQ(text("select refunded::text from payments where booking_id = $1", paid.value), "1575");
    EXPECT_EQ(news(paid), "awaiting_payment confirmed boarded completed counted_as_travelled ride_cut_short");
    EXPECT_EQ(news(cash), "confirmed boarded completed counted_as_travelled settled ride_cut_short")
        << "we never held the cash";
    EXPECT_EQ(counter(amina, "trips_travelled"), 0);
}

}  // namespace
}  // namespace safargo::bookings
