// Editing trips, without and with bookings.
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

class EditTest : public TripWorld {
protected:
    static std::string at(Instant departure) { return R"({"departure_at": ")" + format_instant(departure) + "\"}"; }
    static std::string stops(std::string_view from = "", std::string_view to = "") {
        std::string text(alger_chlef_oran);
        if (!from.empty()) text.replace(text.find(from), from.size(), to);
        return R"({"stops": )" + text + "}";
    }
};

TEST_F(EditTest, ADraftChangesInEveryWay) {
    const VehicleId other = add_vehicle(driver, "99999-119-16", 8);
    const auto edited =
        edit(draft(tomorrow),
             fmt::format(R"({{"vehicle_id": "{}", "departure_at": "{}", "seats": 8, "booking_mode": "approval",
            "stops": [{{"lat":36,"lng":3,"label":"a"}},{{"lat":36,"lng":4,"label":"b","price":99999}}],
            "preferences": {{"pets": true}}, "note": "n", "place_id": null, "itinerary_id": null}})",
                         other.str(), format_instant(clock.now() - 1h)));
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->version, 2);
    EXPECT_EQ(edited->vehicle.id, other);
    EXPECT_EQ(edited->vehicle.plate, "099999-119-16");
    EXPECT_EQ(edited->departure_at, clock.now() - 1h);
    EXPECT_EQ(edited->stops.back().at, edited->arrival_at);
    EXPECT_EQ(edited->seats_left, 8);
    EXPECT_EQ(edited->price, Dinars{99999});
    EXPECT_EQ(edited->legs.size(), 1U);
    EXPECT_TRUE(edited->preferences.pets);
    EXPECT_EQ(edited->note, "n");
    EXPECT_EQ(look(edited->id).booking_mode, BookingMode::approval);
}

TEST_F(EditTest, AStaleVersionIsRefused) {
    const TripView read = draft(tomorrow);
    ASSERT_TRUE(edit(read, R"({"note": "first"})"));
    EXPECT_EQ(code_of(edit(read, R"({"note": "second"})")), Code::precondition_failed);
    EXPECT_EQ(look(read.id).note, "first");
    const auto anyway = run([&](db::Transaction& tx) {
        return trips.editing.edit(tx, driver, read.id, api::IfMatch::any(), wanted_edit(R"({"note": "second"})"));
    });
    EXPECT_EQ(anyway->note, "second");
}

TEST_F(EditTest, OneOfTheVersionsThatWereReadIsEnough) {
    const TripView read = draft(tomorrow);
    ASSERT_TRUE(edit(read, R"({"note": "first"})"));
    const auto with = [&](std::vector<std::int64_t> versions) {
        return run([&](db::Transaction& tx) {
            return trips.editing.edit(tx, driver, read.id, {versions}, wanted_edit(R"({"note": "second"})"));
        });
    };
    EXPECT_EQ(code_of(with({1, 3})), Code::precondition_failed);
    EXPECT_EQ(with({3, 2, 99})->version, 3);
}

TEST_F(EditTest, ASoldSeatMakesTheVersionStale) {
    const TripView read = offer(tomorrow);
    ASSERT_TRUE(sell(read.id, 0, 1));
    EXPECT_EQ(code_of(edit(read, R"({"note": "n"})")), Code::precondition_failed);
    EXPECT_TRUE(edit(look(read.id), R"({"note": "n"})"));
}

TEST_F(EditTest, OnlyItsDriverEdits) {
    const TripView trip = offer(tomorrow);
    const Caller stranger = add_driver();
    const auto result = run([&](db::Transaction& tx) {
        return trips.editing.edit(tx, stranger, trip.id, {std::vector{trip.version}}, wanted_edit(R"({"note": "n"})"));
    });
    EXPECT_EQ(code_of(result), Code::not_found);
}

TEST_F(EditTest, EndedOrStartedTripsCannotBeEdited) {
    const TripView trip = offer(clock.now() + 1h);
    const auto started = start(driver, trip.id);
    EXPECT_EQ(code_of(edit(started.value(), R"({"note": "n"})")), Code::illegal_transition);
    const auto cancelled = cancel(driver, trip.id);
    EXPECT_EQ(code_of(edit(cancelled.value(), R"({"note": "n"})")), Code::trip_ended);
}

TEST_F(EditTest, AnEmptyOpenTripChangesUnderTheRulesOfPublishing) {
    const TripView trip = offer(tomorrow);
    EXPECT_EQ(error_of(edit(trip, at(clock.now()))).fields.at(0).field, "departure_at");
    EXPECT_EQ(error_of(edit(trip, R"({"seats": 5})")).fields.at(0).field, "seats");
    EXPECT_EQ(code_of(edit(trip, stops("1500", "9000"))), Code::price_above_cap);
    EXPECT_EQ(error_of(edit(trip, R"({"vehicle_id": ")" + VehicleId{}.str() + "\"}")).fields.at(0).field, "vehicle_id");
    const auto moved = edit(trip, at(tomorrow + 5h));
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->departure_at, tomorrow + 5h);
    EXPECT_EQ(moved->arrival_at, trip.arrival_at + 5h);
    const auto fewer = edit(*moved, R"({"seats": 1})");
    EXPECT_EQ(fewer->legs.at(1).seats_left, 1);
    EXPECT_EQ(edit(*fewer, stops("1500", "1400"))->price, Dinars{1400});
}

TEST_F(EditTest, AnOpenTripMayNotMoveOntoAnother) {
    const TripView first = offer(tomorrow);
    const TripView second = offer(first.arrival_at + 1h);
    EXPECT_EQ(code_of(edit(second, at(first.arrival_at - 1h))), Code::overlapping_trip);
    EXPECT_EQ(look(second.id).version, second.version);
}

TEST_F(EditTest, MovingToAFullDayMeetsTheDailyLimit) {
    TripServices strict(db, clock, neighbours, {.trips_per_day = 1});
    offer(tomorrow);
    const TripView second = offer(tomorrow + 48h);
    const auto moved = run([&](db::Transaction& tx) {
        return strict.editing.edit(tx, driver, second.id, {std::vector{second.version}},
                                   wanted_edit(at(tomorrow + 8h)));
    });
    EXPECT_EQ(code_of(moved), Code::daily_limit);
    const auto later = run([&](db::Transaction& tx) {
        return strict.editing.edit(tx, driver, second.id, {std::vector{second.version}},
                                   wanted_edit(at(tomorrow + 50h)));
    });
    EXPECT_TRUE(later) << "a trip does not count against itself";
}

TEST_F(EditTest, ALicenceLastsUntilTheNewDay) {
    const TripView trip = offer(tomorrow);
    database.execute("update drivers set licence_expires_on = '2026-12-02'");
    const auto expired = [](std::string on, std::string day) {
        return std::vector{FieldError{"licence_expires_on", {Rule::licence_expires, std::move(on), std::move(day)}}};
    };
    EXPECT_EQ(error_of(edit(trip, at(tomorrow + 24h))).fields, expired("2026-12-02", "2026-12-03"));
    EXPECT_TRUE(edit(trip, at(tomorrow + 1h)));
    database.execute("update drivers set licence_expires_on = '2026-12-01'");
    EXPECT_EQ(error_of(edit(look(trip.id), R"({"seats": 4})")).fields, expired("2026-12-01", "2026-12-02"));
    EXPECT_TRUE(edit(look(trip.id), R"({"note": "what is no offer asks for nothing", "seats": 2})"));
}

TEST_F(EditTest, DocumentsAreCheckedAgain) {
    TripServices strict(db, clock, neighbours, {.kyc_required = true});
    const TripView trip = offer(tomorrow);
    const auto moved = run([&](db::Transaction& tx) {
        return strict.editing.edit(tx, driver, trip.id, {std::vector{trip.version}}, wanted_edit(at(tomorrow + 1h)));
    });
    EXPECT_EQ(code_of(moved), Code::kyc_required);
}

TEST_F(EditTest, OnlyAConfirmedWomanMakesATripWomenOnly) {
    const std::string_view women_only = R"({"preferences": {"women_only": true}})";
    const TripView trip = offer(tomorrow);
    const FieldError refused{"preferences.women_only", {Rule::not_a_confirmed_woman}};
    EXPECT_EQ(error_of(edit(trip, women_only)).fields, std::vector{refused});
    EXPECT_FALSE(look(trip.id).preferences.women_only);
    database.execute("update users set gender = 'female', gender_confirmed_at = now()");
    EXPECT_TRUE(edit(trip, women_only));
}

TEST_F(EditTest, WithPassengersSmallThingsChangeFreely) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 0, 1, 2));
    EXPECT_TRUE(edit(look(id), R"({"note": "n", "preferences": {"smoking": true}, "booking_mode": "approval"})"));
    const auto more = edit(look(id), R"({"seats": 4})");
    ASSERT_TRUE(more);
    EXPECT_EQ(more->legs.at(0).seats_left, 2);
    EXPECT_EQ(more->legs.at(1).seats_left, 4);
}

TEST_F(EditTest, WithPassengersLargeThingsCannotChange) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 1, 2));
    const TripView trip = look(id);
    const VehicleId other = add_vehicle(driver, "99999-119-16");
    for (const std::string& large :
         {stops("1500", "1400"), stops("36.1652", "36.1752"), std::string(R"({"preferences": {"women_only": true}})"),
          R"({"vehicle_id": ")" + other.str() + "\"}"}) {
        EXPECT_EQ(code_of(edit(trip, large)), Code::seats_sold) << large;
    }
    EXPECT_TRUE(edit(trip, stops())) << "the same stops are no change";
}

TEST_F(EditTest, OverdueHoldsDoNotBlockAnEdit) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 1, 2));
    diary.all_overdue = true;
    const auto edited = edit(look(id), stops("1500", "1400"));
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->legs.at(1).seats_left, 3);
}

TEST_F(EditTest, ListenersAreToldOfIt) {
    const TripView trip = offer(tomorrow);
    ASSERT_TRUE(edit(trip, at(tomorrow + 15min)));
    EXPECT_EQ(diary.lines, std::vector<std::string>{"edited by 15 in open"});
    ASSERT_TRUE(edit(draft(tomorrow + 48h), R"({"note": "nobody follows a draft"})"));
    EXPECT_EQ(diary.lines.size(), 1U);
}

TEST_F(EditTest, AListenerMayUndoIt) {
    const TripView trip = offer(tomorrow);
    diary.agrees = false;
    EXPECT_EQ(code_of(edit(trip, at(tomorrow + 15min))), Code::illegal_transition);
    EXPECT_EQ(look(trip.id).departure_at, tomorrow);
    EXPECT_EQ(look(trip.id).version, trip.version);
}

}  // namespace
}  // namespace safargo::trips
