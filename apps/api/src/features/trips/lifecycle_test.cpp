// Starting, completing, cancelling, and closing overdue trips.
#include "core/local_time.hpp"
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class LifecycleTest : public TripWorld {
protected:
    // The published cancellations: key and payload, oldest first.
    Lines cancellations() {
        constexpr db::Statement statement{
            "test_cancellations",
            "select ordering_key || ' ' || payload from outbox where kind = 'trip.cancelled' order by id"};
        Lines lines;
        for (const db::Row row : testing::run(db.query(statement))) lines.push_back(row.get<std::string>(0));
        return lines;
    }
    std::string cancellation_of(TripId id) {
        return "trip:" + id.str() + R"( {"trip_id":")" + id.str() + R"(","driver_id":")" + driver.id.str() + R"("})";
    }
    std::int64_t driven() {
        constexpr db::Statement statement{"test_driven", "select trips_driven from users where id = $1"};
        return testing::run(db.query(statement, driver.id))[0].get<std::int64_t>(0);
    }
};

TEST_F(LifecycleTest, ARideStartsAndEnds) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 1, 2));
    clock.set(tomorrow - 1h);
    const auto started = start(driver, id);
    ASSERT_TRUE(started);
    EXPECT_EQ(started->status, TripStatus::in_progress);
    EXPECT_EQ(driven(), 0);
    clock.advance(5h);
    const auto completed = complete(driver, id);
    ASSERT_TRUE(completed);
    EXPECT_EQ(completed->status, TripStatus::completed);
    EXPECT_EQ(diary.lines, (Lines{"started in in_progress", "completed in completed"}));
    EXPECT_EQ(driven(), 1);
    constexpr db::Statement times{"test_times", "select started_at, completed_at from trips where id = $1"};
    const db::Rows rows = testing::run(db.query(times, id));
    EXPECT_EQ(rows[0].get<Instant>(0), tomorrow - 1h);
    EXPECT_EQ(rows[0].get<Instant>(1), tomorrow + 4h);
}

TEST_F(LifecycleTest, ARideWithoutPassengersIsNotCounted) {
    const TripId id = offer(tomorrow).id;
    clock.set(tomorrow + 5h);
    ASSERT_TRUE(complete(driver, id));
    EXPECT_EQ(driven(), 0);
}

TEST_F(LifecycleTest, ARideThatEndsBeforeAThirdOfItsTimeIsNotCounted) {
    const TripView trip = offer(tomorrow);
    ASSERT_TRUE(sell(trip.id, 0, 1));
    clock.set(tomorrow + (trip.arrival_at - tomorrow) / 3 - 1us);
    ASSERT_TRUE(complete(driver, trip.id));
    EXPECT_EQ(driven(), 0);
    const TripView next = offer(tomorrow + 24h);
    ASSERT_TRUE(sell(next.id, 0, 1));
    clock.set(tomorrow + 24h + (next.arrival_at - next.departure_at) / 3 + 1us);
    ASSERT_TRUE(complete(driver, next.id));
    EXPECT_EQ(driven(), 1);
}

TEST_F(LifecycleTest, TheDriversCardShowsTheirResponseTime) {
    const TripId id = offer(tomorrow).id;
    EXPECT_EQ(look(id).driver.response_time_s, std::nullopt);
    database.execute("update users set response_seconds_sum = 302, response_count = 3");
    EXPECT_EQ(look(id).driver.response_time_s, 101);
    EXPECT_EQ(look(id).vehicle.plate, "012345-119-16");
}

TEST_F(LifecycleTest, TheStartWindowOpensTwoHoursBefore) {
    const TripId id = offer(tomorrow).id;
    clock.set(tomorrow - 2h - 1us);
    EXPECT_EQ(code_of(start(driver, id)), Code::too_early);
    EXPECT_EQ(error_of(start(driver, id)).reason, (Violation{Rule::opens_at, "2026-12-02 07:00"}));
    EXPECT_EQ(code_of(complete(driver, id)), Code::too_early);
    EXPECT_EQ(look(id).status, TripStatus::open);
    EXPECT_TRUE(diary.lines.empty());
    clock.set(tomorrow - 2h);
    EXPECT_TRUE(start(driver, id));
}

TEST_F(LifecycleTest, TheMinuteThatIsNamedIsLateEnough) {
    const Instant half_past = parse_instant("2026-12-31T22:59:30Z").value();
    EXPECT_EQ(too_early(half_past).reason, (Violation{Rule::opens_at, "2027-01-01 00:00"}));
    EXPECT_EQ(too_early(half_past - 30s).reason, (Violation{Rule::opens_at, "2026-12-31 23:59"}));
}

// As the first passenger to board does.
Task<Result<TripView>> begin_for(TripServices& trips, db::Transaction& tx, UserId driver, TripId id) {
    auto trip = co_await trips.seats.lock_with_driver(tx, driver, id);
    auto begun = co_await trips.seats.begin_ride(tx, trip.value());
    if (!begun) co_return std::unexpected(begun.error());
    EXPECT_EQ(trip->status, TripStatus::in_progress);
    co_return TripView{};
}

TEST_F(LifecycleTest, TheFirstToBoardStartsItAsItsDriverWould) {
    const TripId id = offer(tomorrow).id;
    const auto begin = [&] { return run([&](db::Transaction& tx) { return begin_for(trips, tx, driver.id, id); }); };
    EXPECT_EQ(code_of(begin()), Code::too_early);
    clock.set(tomorrow - 2h);
    ASSERT_TRUE(begin());
    EXPECT_EQ(look(id).status, TripStatus::in_progress);
    EXPECT_EQ(diary.lines, (Lines{"started in in_progress"}));
    EXPECT_EQ(code_of(start(driver, id)), Code::illegal_transition);
}

TEST_F(LifecycleTest, StartsAtAnyTimeIfSoConfigured) {
    TripServices relaxed(db, clock, neighbours, {.start_window = std::nullopt});
    const TripId id = offer(tomorrow).id;
    EXPECT_TRUE(run([&](db::Transaction& tx) { return relaxed.lifecycle.start(tx, driver, id); }));
}

TEST_F(LifecycleTest, CompletingAnOpenTripStartsItFirst) {
    const TripId id = offer(tomorrow).id;
    clock.set(tomorrow + 5h);
    const auto completed = complete(driver, id);
    ASSERT_TRUE(completed);
    EXPECT_EQ(diary.lines, (Lines{"started in in_progress", "completed in completed"}));
    constexpr db::Statement started{"test_started", "select started_at from trips where id = $1"};
    EXPECT_EQ(testing::run(db.query(started, id))[0].get<Instant>(0), clock.now());
}

TEST_F(LifecycleTest, ATripMayBeCancelledUntilItEnds) {
    const TripId drafted = draft(tomorrow).id, offered = offer(tomorrow).id, begun = offer(clock.now() + 1h).id;
    ASSERT_TRUE(start(driver, begun));
    for (const TripId id : {drafted, offered, begun}) {
        EXPECT_EQ(cancel(driver, id)->status, TripStatus::cancelled);
        for (const auto& again : {cancel(driver, id), start(driver, id), complete(driver, id), publish(driver, id)}) {
            EXPECT_EQ(code_of(again), Code::trip_ended);
        }
    }
    const std::string by_driver = "cancelled by 0 in cancelled";
    EXPECT_EQ(diary.lines, (Lines{"started in in_progress", by_driver, by_driver, by_driver}));
    EXPECT_EQ(cancellations(), Lines{}) << "its driver knows";
    EXPECT_TRUE(show(std::nullopt, offered)) << "its passengers can still read it";
}

TEST_F(LifecycleTest, AnEndedTripStaysEnded) {
    const TripId id = offer(clock.now() + 1h).id;
    ASSERT_TRUE(complete(driver, id));
    for (const auto& again : {cancel(driver, id), start(driver, id), complete(driver, id), publish(driver, id)}) {
        EXPECT_EQ(code_of(again), Code::trip_ended);
    }
}

TEST_F(LifecycleTest, OnlyItsDriverActsAndAdminsMayCancel) {
    const TripId id = offer(clock.now() + 1h).id;
    const Caller stranger = add_driver(), moderator = add_user(Role::moderator), admin = add_user(Role::admin);
    for (const Caller& caller : {stranger, moderator, admin}) {
        EXPECT_EQ(code_of(start(caller, id)), Code::not_found);
        EXPECT_EQ(code_of(complete(caller, id)), Code::not_found);
    }
    EXPECT_EQ(code_of(cancel(stranger, id)), Code::not_found);
    EXPECT_EQ(code_of(cancel(moderator, id)), Code::not_found);
    EXPECT_TRUE(cancel(admin, id));
    EXPECT_EQ(diary.lines, (Lines{"cancelled by 1 in cancelled"}));
    EXPECT_EQ(cancellations(), Lines{cancellation_of(id)});
}

TEST_F(LifecycleTest, OverdueTripsWithBoardedPassengersComplete) {
    const TripView trip = offer(tomorrow);
    diary.boarded = true;
    clock.set(trip.arrival_at + 12h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 0);
    clock.advance(1us);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    EXPECT_EQ(look(trip.id).status, TripStatus::completed);
    EXPECT_EQ(diary.lines, (Lines{"started in in_progress", "completed in completed"}));
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 0);
}

TEST_F(LifecycleTest, OverdueTripsWithoutBoardedPassengersAreCancelled) {
    const TripView waiting = offer(tomorrow), begun = offer(clock.now() + 1h);
    ASSERT_TRUE(start(driver, begun.id));
    diary.lines.clear();
    clock.set(waiting.arrival_at + 13h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 2);
    EXPECT_EQ(look(waiting.id).status, TripStatus::cancelled);
    EXPECT_EQ(look(begun.id).status, TripStatus::cancelled);
    EXPECT_EQ(diary.lines, (Lines{"cancelled by 2 in cancelled", "cancelled by 2 in cancelled"}));
    EXPECT_EQ(cancellations(), (Lines{cancellation_of(begun.id), cancellation_of(waiting.id)}));
}

// Copies the trip `times` more, each two days earlier than the one before.
std::string copies_of(TripId trip, int times) {
    return fmt::format(R"(
        insert into trips select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(),
            'date_time', t.date_time - n * interval '2 days', 'arrival_at', t.arrival_at - n * interval '2 days'))).*
        from trips t, generate_series(1, {}) n where t.id = '{}')",
                       times, trip.str());
}

TEST_F(LifecycleTest, AllOverdueTripsEndInOneRun) {
    const TripView trip = offer(tomorrow);
    database.execute(copies_of(trip.id, 149));
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(trip.arrival_at + 13h)), 150);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(trip.arrival_at + 13h)), 0);
}

TEST_F(LifecycleTest, OverdueTripsDoNotWaitForOneThatIsLocked) {
    const TripView busy = offer(clock.now() + 1h);
    const Caller other = add_driver();
    const TripView idle =
        create(other, trip_json(add_vehicle(other, "054321-119-16"), tomorrow, R"(, "publish": true)")).value();
    static constexpr db::Statement lock{"test_lock", "select id from trips where id = $1 for update"};
    db::Transaction somebody = testing::run(db.begin());
    testing::run(somebody.query(lock, busy.id));
    clock.set(idle.arrival_at + 13h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    testing::run(somebody.rollback());
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    EXPECT_EQ(look(busy.id).status, TripStatus::cancelled);
}

// Refuses the end of one trip.
class Obstacle final : public TripListener {
public:
    explicit Obstacle(TripId trip, bool is_bug = false) : trip_(trip), is_bug_(is_bug) {}
    Task<void> free_overdue(db::Transaction&, Trip&) override { co_return; }
    Task<Result<Nothing>> edited(db::Transaction&, const Trip&, const Trip&) override { co_return Nothing{}; }
    Task<void> started(db::Transaction&, const Trip&) override { co_return; }
    Task<void> completed(db::Transaction&, const Trip&) override { co_return; }
    Task<void> cancelled(db::Transaction& tx, const Trip& trip, CancelledBy) override {
        constexpr db::Statement broken{"test_broken", "select 1 / 0"};
        if (trip.id == trip_ && is_bug_) throw std::logic_error("a bug");
        if (trip.id == trip_) co_await tx.query(broken);
    }
    Task<bool> anyone_boarded(db::Transaction&, const Trip&) override { co_return false; }

private:
    TripId trip_;
    bool is_bug_;
};

TEST_F(LifecycleTest, OneTripThatCannotEndDoesNotBlockTheOthers) {
    const TripView first = offer(clock.now() + 1h), second = offer(tomorrow);
    Obstacle obstacle(first.id);
    trips.listeners.add(obstacle);
    clock.set(second.arrival_at + 13h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    EXPECT_EQ(look(first.id).status, TripStatus::open);
    EXPECT_EQ(look(second.id).status, TripStatus::cancelled);
}

TEST_F(LifecycleTest, ABugInOneTripDoesNotBlockTheOthers) {
    const TripView first = offer(clock.now() + 1h), second = offer(tomorrow);
    Obstacle obstacle(first.id, true);
    trips.listeners.add(obstacle);
    clock.set(second.arrival_at + 13h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    EXPECT_EQ(look(second.id).status, TripStatus::cancelled);
}

TEST_F(LifecycleTest, AFailingListenerUndoesTheTransition) {
    const TripView trip = offer(tomorrow);
    Obstacle obstacle(trip.id);
    trips.listeners.add(obstacle);
    EXPECT_THROW(std::ignore = cancel(driver, trip.id), db::DatabaseError);
    EXPECT_EQ(look(trip.id).status, TripStatus::open);
}

}  // namespace
}  // namespace safargo::trips
