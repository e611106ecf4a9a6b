// Rows that an older version left behind, and the migrations that repair them: run again here on such rows.
#include "features/bookings/booking_world_test.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;

class RepairedRides : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    void migrate(const std::string& file) {
        std::ostringstream sql;
        sql << std::ifstream(std::string(SAFARGO_MIGRATIONS_DIR) + "/" + file).rdbuf();
        ASSERT_FALSE(sql.str().empty()) << file;
        database_.execute(sql.str());
    }
    void set_trip(TripId trip, const std::string& what) {
        database_.execute("update trips set " + what + " where id = '" + trip.str() + "'");
    }
    void set_booking(BookingId id, const std::string& what) {
        database_.execute("update bookings set " + what + " where id = '" + id.str() + "'");
    }
    std::string trip_status(TripId trip) { return text("select status from trips where id = $1", trip.value); }
    std::string changes_of(TripId trip) {
        return text("select count(*)::text from trip_changes where trip_id = $1", trip.value);
    }
    std::string flags_of(BookingId id) {
        return text("select coalesce(string_agg(kind, ' '), '') from flags where booking_id = $1", id.value);
    }
};

TEST_F(RepairedRides, WithAPassengerAboardHaveStarted) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval});
    const TripId other = add_trip(driver_, {.departs_in = 24h * 9});
    const BookingId aboard = book(amina_, trip)->id, asked = book(karim_, trip)->id;
    const BookingId waiting = confirmed(add_user("Lila"), other);
    set_booking(aboard, "status = 'boarded', boarded_at = '2026-12-01T08:00:00Z'");
    const auto version = text("select version::text from trips where id = $1", trip.value);
    const auto changes = changes_of(trip), other_changes = changes_of(other);
    migrate("202611290102_start_boarded_trips.sql");
    EXPECT_EQ(trip_status(trip), "in_progress");
    EXPECT_EQ(text("select (started_at = '2026-12-01T08:00:00Z')::text from trips where id = $1", trip.value), "true");
    EXPECT_NE(text("select version::text from trips where id = $1", trip.value), version);
    EXPECT_NE(changes_of(trip), changes) << "search is told of it";
    EXPECT_EQ(trip_status(other), "open");
    EXPECT_EQ(changes_of(other), other_changes);
    EXPECT_EQ(status(waiting), "confirmed");

    // The job ends the holds that a start ends, with seats, money and messages. The database's clock is the real one.
    clock_.set(std::max(clock_.now(), std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())));
    clock_.advance(1min);
    testing::run(overdue_.expire_all(clock_.now()));
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(status(aboard), "boarded");
    EXPECT_EQ(seats_left(trip), "2,2");
    migrate("202611290102_start_boarded_trips.sql");
    EXPECT_EQ(trip_status(trip), "in_progress");
}

TEST_F(RepairedRides, CompletedAheadOfTheirTripAreListed) {
    const auto rode = [this](int days) {
        const TripId trip = add_trip(driver_, {.departs_in = 24h * days});
        const BookingId id = confirmed(amina_, trip, Method::sandbox);
        set_booking(id, "status = 'settled', completed_at = '2026-12-01T08:00:00Z'");
        database_.execute("update payments set status = 'captured', captured = amount where booking_id = '" + id.str() +
                          "'");
        return std::pair{trip, id};
    };
    const auto [still_open, ahead] = rode(3);
    const auto [called_off, lost] = rode(6);
    set_trip(called_off, "status = 'cancelled', cancelled_at = '2026-12-01T09:00:00Z'");
    const auto [refunded_trip, refunded] = rode(9);
    set_trip(refunded_trip, "status = 'cancelled', cancelled_at = '2026-12-01T09:00:00Z'");
    database_.execute("update payments set status = 'refunded', refunded = amount where booking_id = '" +
                      refunded.str() + "'");
    const auto [done, travelled] = rode(12);
    set_trip(done, "status = 'completed'");
    const BookingId to_come = confirmed(karim_, still_open);
    for (int time = 0; time < 2; ++time) migrate("202611290101_flag_completed_ahead.sql");
    EXPECT_EQ(flags_of(ahead), "completed_ahead");
    EXPECT_EQ(flags_of(lost), "completed_ahead") << "nothing was refunded";
    for (const BookingId other : {refunded, travelled, to_come}) EXPECT_EQ(flags_of(other), "");
    EXPECT_EQ(text("select substr(id::text, 15, 1) from flags where booking_id = $1", ahead.value), "7");
}

// In deployment order: starting the trip for its boarded passengers would hide those who were charged ahead of it.
TEST_F(RepairedRides, AreListedBeforeTheirTripIsStarted) {
    const TripId trip = add_trip(driver_);
    const BookingId aboard = confirmed(amina_, trip), charged = confirmed(karim_, trip, Method::sandbox);
    set_booking(aboard, "status = 'boarded', boarded_at = '2026-12-01T08:00:00Z'");
    set_booking(charged, "status = 'settled', completed_at = '2026-12-01T08:00:00Z'");
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(SAFARGO_MIGRATIONS_DIR)) {
        const std::string file = entry.path().filename().string();
        if (file.ends_with("_start_boarded_trips.sql") || file.ends_with("_flag_completed_ahead.sql")) {
            files.push_back(file);
        }
    }
    std::ranges::sort(files);
    ASSERT_EQ(files.size(), 2U);
    for (const std::string& file : files) migrate(file);
    EXPECT_EQ(trip_status(trip), "in_progress");
    EXPECT_EQ(flags_of(charged), "completed_ahead");
    EXPECT_EQ(flags_of(aboard), "");
}

}  // namespace
}  // namespace safargo::bookings
