// Seats per leg: against the constraint, and in a race.
#include "features/trips/trip_world_test.hpp"
#include "testing/gate.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text == nullptr ? 1 : std::max(1, std::atoi(text));
}

class SeatsTest : public TripWorld {
protected:
    Task<void> sell_at_once(testing::Gate& gate, TripId id, int from, int to, int& sold) {
        const auto taken = co_await db.transact<Nothing>(
            [&gate, this, id, from, to](db::Transaction& tx) { return wait_and_sell(gate, tx, id, from, to); });
        if (taken) ++sold;
    }
    Task<Result<Nothing>> wait_and_sell(testing::Gate& gate, db::Transaction& tx, TripId id, int from, int to) {
        constexpr db::Statement begin{"test_begin", "select 1"};
        co_await tx.query(begin);
        co_await gate.pass();
        co_return co_await sell_in(tx, id, from, to, 1);
    }
    Task<Result<Nothing>> take_by(db::Transaction& tx, Trip& trip, int from, int to, int seats) {
        co_return co_await trips.seats.take(tx, trip, from, to, seats);
    }
};

TEST_F(SeatsTest, OnlyTheLegsBetweenAreTaken) {
    const TripId id = offer_legs(4, 4);
    ASSERT_TRUE(sell(id, 1, 3, 2));
    EXPECT_EQ(left(id), (std::vector<int>{4, 2, 2, 4}));
    EXPECT_FALSE(sell(id, 0, 4, 3));
    ASSERT_TRUE(sell(id, 0, 1, 4));
    EXPECT_EQ(left(id), (std::vector<int>{0, 2, 2, 4}));
}

TEST_F(SeatsTest, ARefusalSaysHowManyAreLeft) {
    const TripId id = offer_legs(3, 4);
    ASSERT_TRUE(sell(id, 1, 2, 2));
    const auto refusal = [&](int from, int to, int seats) {
        return testing::run(db.transact<Nothing>([&](db::Transaction& tx) { return sell_in(tx, id, from, to, seats); }))
            .error();
    };
    const Error two_left{.code = Code::trip_full, .fields = {{"seats", {Rule::out_of_range, "1", "2"}}}};
    EXPECT_EQ(refusal(0, 3, 3), two_left);
    ASSERT_TRUE(sell(id, 1, 2, 2));
    EXPECT_EQ(refusal(0, 3, 1), Error{.code = Code::trip_full}) << "none at all";
}

TEST_F(SeatsTest, TheConstraintIsDecisive) {
    const TripId id = offer_legs(2, 2);
    Trip seen = testing::run(trips.seats.find(db, id)).value();  // not locked, so soon stale
    ASSERT_TRUE(sell(id, 0, 2, 2));
    const auto taken =
        testing::run(db.transact<Nothing>([&](db::Transaction& tx) { return take_by(tx, seen, 1, 2, 1); }));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, Code::trip_full);
    EXPECT_EQ(left(id), (std::vector<int>{0, 0}));
}

TEST_F(SeatsTest, NoMoreIsGivenBackThanWasTaken) {
    const TripId id = offer_legs(2, 2);
    db::Transaction tx = testing::run(db.begin());
    Trip trip = testing::run(trips.seats.lock(tx, id)).value();
    EXPECT_THROW(testing::run(trips.seats.give_back(tx, trip, 0, 1, 1)), std::logic_error);
}

TEST_F(SeatsTest, AnUnknownTripIsNotFound) {
    db::Transaction tx = testing::run(db.begin());
    EXPECT_FALSE(testing::run(trips.seats.lock(tx, TripId::make(clock.now()))));
    EXPECT_FALSE(testing::run(trips.seats.find(tx, TripId::make(clock.now()))));
}

TEST_F(SeatsTest, SeveralAreLockedInTheOrderOfTheirIds) {
    std::vector<TripId> ids;
    for (int day = 1; day <= 3; ++day) ids.push_back(offer(clock.now() + day * 24h).id);
    std::ranges::sort(ids);
    db::Transaction tx = testing::run(db.begin());
    const auto locked = testing::run(trips.seats.lock_all(tx, {ids[2], ids[0], ids[1], TripId::make(clock.now())}));
    ASSERT_EQ(locked.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(locked[i].id, ids[i]);
    constexpr db::Statement skip{"test_skip", "select from trips where id = $1 for no key update skip locked"};
    constexpr db::Statement point{"test_point", "select from trips where id = $1 for key share nowait"};
    for (const TripId id : ids) {
        EXPECT_TRUE(testing::run(db.query(skip, id)).empty());
        EXPECT_EQ(testing::run(db.query(point, id)).size(), 1U) << "a booking may point to it";
    }
}

TEST_F(SeatsTest, ARaceNeverOversells) {
    for (int round = 0; round < 3 * scale(); ++round) {
        const TripId id = offer_legs(2, 3);
        testing::Gate gate(6);
        std::array<int, 3> sold{};  // by 0..1, 1..2, 0..2
        std::vector<Task<void>> buyers;
        for (int i = 0; i < 18; ++i) {
            const int kind = i % 3;
            buyers.push_back(
                sell_at_once(gate, id, kind == 1 ? 1 : 0, kind == 0 ? 1 : 2, sold[static_cast<std::size_t>(kind)]));
        }
        testing::run_all(std::move(buyers));
        EXPECT_EQ(sold[0] + sold[2], 3);
        EXPECT_EQ(sold[1] + sold[2], 3);
        EXPECT_EQ(left(id), (std::vector<int>{0, 0}));
        ASSERT_TRUE(cancel(driver, id));
    }
}

}  // namespace
}  // namespace safargo::trips
