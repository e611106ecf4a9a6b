// What a driver may publish in a day, the order of outbound and return trips, and drafts whose vehicle is gone.
#include "features/trips/trip_world_test.hpp"
#include "testing/gate.hpp"

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

const std::string short_way = R"([{"lat":36.75,"lng":3.05,"label":"a"},{"lat":36.70,"lng":3.2,"label":"b","price":0}])";

Error too_many(int most, Rule rule = Rule::publications_per_day) {
    return {.code = Code::daily_limit, .reason = Violation{rule, std::to_string(most)}};
}

class LimitsTest : public TripWorld {
protected:
    Result<TripView> publish_new(TripServices& service, Instant departure) {
        const auto wanted = wanted_trip(trip_json(car, departure, R"(, "publish": true)", short_way));
        return run([&](db::Transaction& tx) { return service.editing.create(tx, driver, wanted); });
    }
    Result<TripView> publish_draft(TripServices& service, TripId id) {
        return run([&](db::Transaction& tx) { return service.editing.publish(tx, driver, id); });
    }
    Task<void> publish_at_once(testing::Gate& gate, TripServices& service, TripId id, int& published) {
        const auto done = co_await db.transact<TripView>(
            [&gate, this, &service, id](db::Transaction& tx) { return wait_and_publish(gate, service, tx, id); });
        if (done) ++published;
    }
    Task<Result<TripView>> wait_and_publish(testing::Gate& gate, TripServices& service, db::Transaction& tx,
                                            TripId id) {
        constexpr db::Statement begin{"test_begin", "select 1"};
        co_await tx.query(begin);
        co_await gate.pass();
        co_return co_await service.editing.publish(tx, driver, id);
    }

    TripServices strict{db, clock, neighbours, {.publications_per_day = 3}};
};

TEST_F(LimitsTest, APublishedAndCancelledTripCountsForItsDay) {
    for (int i = 0; i < 3; ++i) {
        const auto made = publish_new(strict, tomorrow + i * 24h);
        ASSERT_TRUE(made);
        ASSERT_TRUE(cancel(driver, made->id));
    }
    EXPECT_EQ(error_of(publish_new(strict, tomorrow + 72h)), too_many(3));
    const TripId drafted = draft(tomorrow + 72h).id;
    EXPECT_EQ(error_of(publish_draft(strict, drafted)), too_many(3));
    clock.set(parse_instant("2026-12-01T22:59:59Z").value());
    EXPECT_EQ(error_of(publish_draft(strict, drafted)), too_many(3));
    clock.set(parse_instant("2026-12-01T23:00:00Z").value());  // midnight in Algiers
    EXPECT_TRUE(publish_draft(strict, drafted));
}

TEST_F(LimitsTest, DraftsEditsAndOtherDriversDoNotCount) {
    const Caller other = add_driver();
    const VehicleId theirs = add_vehicle(other, "099999-119-16");
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(create(other, trip_json(theirs, tomorrow + i * 24h, R"(, "publish": true)", short_way)));
    TripView trip = publish_new(strict, tomorrow).value();
    for (int i = 1; i <= 4; ++i) {
        draft(tomorrow + 48h);
        trip = run([&](db::Transaction& tx) {
                   return strict.editing.edit(
                       tx, driver, trip.id, {std::vector{trip.version}},
                       wanted_edit(R"({"departure_at": ")" + format_instant(tomorrow + i * 1h) + "\"}"));
               }).value();
    }
    EXPECT_TRUE(publish_new(strict, tomorrow + 24h));
    EXPECT_TRUE(publish_new(strict, tomorrow + 48h));
    EXPECT_EQ(error_of(publish_new(strict, tomorrow + 72h)), too_many(3));
}

TEST_F(LimitsTest, EditingATripOlderThanTheRuleIsNotANewPublication) {
    const TripView old = offer(tomorrow);
    database.execute("update trips set published_at = null");
    for (int i = 1; i <= 3; ++i) ASSERT_TRUE(publish_new(strict, tomorrow + i * 24h));
    const auto moved = run([&](db::Transaction& tx) {
        return strict.editing.edit(tx, driver, old.id, api::IfMatch::any(),
                                   wanted_edit(R"({"departure_at": ")" + format_instant(tomorrow + 1h) + "\"}"));
    });
    EXPECT_TRUE(moved);
}

TEST_F(LimitsTest, AnyNumberIfSoConfigured) {
    for (int i = 0; i < 12; ++i) {
        const auto made = publish_new(trips, tomorrow + i * 24h);
        ASSERT_TRUE(made);
        ASSERT_TRUE(cancel(driver, made->id));
    }
}

TEST_F(LimitsTest, TheNumberOfTripsOfADayIsConfiguredAndNamed) {
    TripServices one(db, clock, neighbours, {.trips_per_day = 1});
    ASSERT_TRUE(publish_new(one, tomorrow));
    EXPECT_EQ(error_of(publish_new(one, tomorrow + 5h)), too_many(1, Rule::per_day));
}

TEST_F(LimitsTest, PublishingAllAtOnceDoesNotExceedTheLimit) {
    std::vector<TripId> drafts;
    for (int i = 0; i < 6; ++i) drafts.push_back(draft(tomorrow + i * 24h).id);
    testing::Gate gate(drafts.size());
    int published = 0;
    std::vector<Task<void>> tasks;
    for (const TripId id : drafts) tasks.push_back(publish_at_once(gate, strict, id, published));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(published, 3);
}

class ReturnTest : public TripWorld {
protected:
    Result<TripView> way_back(Instant departure, TripId there, std::string_view more = {}) {
        return create(driver, trip_json(car, departure,
                                        fmt::format(R"(, "return_trip_id": "{}"{})", there.str(), std::string(more))));
    }
    static std::string at(Instant departure) { return R"({"departure_at": ")" + format_instant(departure) + "\"}"; }
    static FieldError too_soon(Instant arrival) {
        const LocalDate day = LocalDate::of(arrival);
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(arrival - day.begins()).count();
        return {"departure_at",
                {Rule::before_outbound, fmt::format("{} {:02}:{:02}", day.str(), minutes / 60, minutes % 60)}};
    }
};

TEST_F(ReturnTest, LeavesAfterTheOutboundHasArrived) {
    const TripView there = offer(tomorrow);
    EXPECT_EQ(error_of(way_back(tomorrow - 5h, there.id)).fields, std::vector{too_soon(there.arrival_at)});
    EXPECT_EQ(error_of(way_back(there.arrival_at - 1us, there.id)).fields, std::vector{too_soon(there.arrival_at)});
    EXPECT_EQ(code_of(way_back(there.arrival_at - 1s, there.id, R"(, "publish": true)")), Code::validation_failed);
    EXPECT_TRUE(way_back(there.arrival_at, there.id, R"(, "publish": true)"));
}

TEST_F(ReturnTest, StaysBehindItWhicheverMoves) {
    const TripView there = offer(tomorrow);
    const TripView back = way_back(tomorrow + 24h, there.id).value();
    EXPECT_EQ(error_of(edit(look(back.id), at(tomorrow))).fields, std::vector{too_soon(there.arrival_at)});
    EXPECT_TRUE(edit(look(back.id), at(tomorrow + 12h)));
    EXPECT_EQ(error_of(edit(look(there.id), at(tomorrow + 12h))).fields, std::vector{too_soon(there.arrival_at + 12h)});
    EXPECT_TRUE(edit(look(there.id), at(tomorrow + 1h)));
    ASSERT_TRUE(cancel(driver, there.id));
    EXPECT_TRUE(edit(look(back.id), at(tomorrow - 1h))) << "the outbound trip is gone";
}

TEST_F(ReturnTest, EachOfSeveralStaysBehindTheOutbound) {
    const TripView there = offer(tomorrow);
    const TripView first = way_back(tomorrow + 48h, there.id).value();
    const TripView second = way_back(tomorrow + 24h, there.id).value();
    EXPECT_EQ(error_of(edit(look(there.id), at(tomorrow + 22h))).fields, std::vector{too_soon(there.arrival_at + 22h)})
        << "the second leaves before that";
    ASSERT_TRUE(cancel(driver, second.id));
    EXPECT_TRUE(edit(look(there.id), at(tomorrow + 22h)));
    ASSERT_TRUE(cancel(driver, first.id));
    const TripView third = way_back(tomorrow + 72h, there.id).value();
    EXPECT_EQ(look(there.id).return_trip_id, third.id) << "replaces one that was cancelled";
}

TEST_F(ReturnTest, OfACancelledOutboundLeavesAtAnyTime) {
    const TripView there = offer(tomorrow);
    ASSERT_TRUE(cancel(driver, there.id));
    const auto back = way_back(tomorrow - 1h, there.id);
    ASSERT_TRUE(back);
    EXPECT_TRUE(edit(look(back->id), at(tomorrow - 2h)));
}

TEST_F(ReturnTest, OlderThanTheRuleIsRefusedWhenPublishedButItsNoteMayChange) {
    const TripView there = offer(tomorrow + 48h);
    const TripView back = draft(tomorrow);
    database.execute(
        fmt::format("update trips set return_trip_id = '{}' where id = '{}';"
                    "update trips set return_trip_id = '{}', created_at = created_at - interval '1 hour' "
                    "where id = '{}'",
                    there.id.str(), back.id.str(), back.id.str(), there.id.str()));
    EXPECT_EQ(error_of(publish(driver, back.id)).fields, std::vector{too_soon(there.arrival_at)});
    EXPECT_TRUE(edit(look(back.id), R"({"note": "n"})"));
    EXPECT_TRUE(edit(look(there.id), R"({"note": "n"})"));
}

class DraftTest : public TripWorld {};

TEST_F(DraftTest, WithoutAVehicleItStillChangesInAllElse) {
    const TripId id = draft(tomorrow).id;
    database.execute("update vehicles set deleted_at = now(); update drivers set licence_expires_on = '2020-01-01'");
    clock.set(tomorrow + 24h);  // nor does it matter that its hour is over
    EXPECT_EQ(edit(look(id), R"({"note": "n"})")->note, "n");
    EXPECT_TRUE(edit(look(id), R"({"preferences": {"pets": true}, "booking_mode": "approval", "seats": 2})"));
    EXPECT_TRUE(edit(look(id), R"({"departure_at": ")" + format_instant(tomorrow + 72h) + "\"}"));
    EXPECT_EQ(look(id).vehicle.id, car);
    const FieldError gone{"vehicle_id", {Rule::unknown_reference}};
    EXPECT_EQ(error_of(edit(look(id), R"({"vehicle_id": ")" + car.str() + "\"}")).fields, std::vector{gone});
    EXPECT_EQ(error_of(publish(driver, id)).fields, std::vector{gone});
    const VehicleId other = add_vehicle(driver, "099999-119-16");
    EXPECT_EQ(edit(look(id), R"({"vehicle_id": ")" + other.str() + "\"}")->vehicle.id, other);
}

TEST_F(DraftTest, TakesThePlateAsItIsSpeltNow) {
    database.execute("update vehicles set plate = '12345-119-16'");
    EXPECT_EQ(offer(tomorrow).vehicle.plate, "012345-119-16");
    const Caller other = add_driver();
    const VehicleId twin = add_vehicle(other, "012345-119-16");
    EXPECT_EQ(code_of(create(other, trip_json(twin, tomorrow + 8h, R"(, "publish": true)"))), Code::plate_in_use);
}

}  // namespace
}  // namespace safargo::trips
