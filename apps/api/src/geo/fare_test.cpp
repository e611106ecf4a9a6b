#include "geo/fare.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <random>

namespace safargo::geo {
namespace {

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

std::vector<std::int64_t> random_legs(std::mt19937& random) {
    std::vector<std::int64_t> legs(1 + random() % 9);
    for (auto& leg : legs) leg = random() % (random() % 2 ? 1'000 : 900'000);
    return legs;
}

TEST(Fare, KilometresTimesRateRoundedUpToTenDinars) {
    EXPECT_EQ(fare_for(430'000, 3'500), Dinars{1'510});  // 1505
    EXPECT_EQ(fare_for(430'000, 4'500), Dinars{1'940});  // 1935
    EXPECT_EQ(fare_for(100'000, 3'500), Dinars{350});    // exact: not rounded further
    EXPECT_EQ(fare_for(100'001, 3'500), Dinars{360});
    EXPECT_EQ(fare_for(0, 3'500), Dinars{0});
    EXPECT_EQ(fare_for(1, 3'500), Dinars{10});
    EXPECT_EQ(fare_for(5'000'000, 0), Dinars{0});
}

TEST(Fare, DefaultsMatchTheProduct) {
    EXPECT_EQ(fare_of(200'000, FareRate{}), (Fare{Dinars{700}, Dinars{900}}));
}

TEST(Fare, AlgerOranIsOfferedUnderTheCap) {
    const Fare fare = fare_of(430'000, FareRate{});
    EXPECT_LE(fare.proposal, Dinars{1'800});
    EXPECT_GE(fare.cap, Dinars{1'800});
}

TEST(Fare, TheRateDependsOnTheFuel) {
    const FareRates rates{.petrol = {1, 2}, .diesel = {3, 4}, .lpg = {5, 6}, .electric = {7, 8}};
    EXPECT_EQ(rates.of(Fuel::petrol), (FareRate{1, 2}));
    EXPECT_EQ(rates.of(Fuel::diesel), (FareRate{3, 4}));
    EXPECT_EQ(rates.of(Fuel::lpg), (FareRate{5, 6}));
    EXPECT_EQ(rates.of(Fuel::electric), (FareRate{7, 8}));
}

TEST(Fare, MonotoneInDistanceAndRateAndAlwaysEnough) {
    std::mt19937 random(11);
    for (int round = 0; round < rounds(5'000); ++round) {
        const std::int64_t metres = random() % 3'000'000, more = metres + random() % 10'000;
        const std::int64_t rate = random() % 9'000, higher = rate + random() % 1'000;
        const Dinars fare = fare_for(metres, rate);
        EXPECT_LE(fare, fare_for(more, rate));
        EXPECT_LE(fare, fare_for(metres, higher));
        EXPECT_EQ(fare.amount % 10, 0);
        EXPECT_GE(fare.amount * 1'000'000, metres * rate);
        EXPECT_LT((fare.amount - 10) * 1'000'000, metres * rate);
    }
}

DirectRoads straight(std::vector<std::int64_t> leg_metres) {
    std::vector<Leg> legs;
    for (const std::int64_t metres : leg_metres) legs.push_back({metres, metres / 20});
    return DirectRoads::along(legs);
}

// Alger, Oran, Blida: out and almost back.
DirectRoads there_and_nearly_back() {
    DirectRoads roads(3);
    roads.between(0, 1) = {430'000, 16'200};
    roads.between(1, 2) = {390'000, 14'800};
    roads.between(0, 2) = {48'000, 2'700};
    return roads;
}

// Direct roads as long as the route or shorter, at random.
DirectRoads winding(std::mt19937& random) {
    DirectRoads roads = straight(random_legs(random));
    for (std::size_t from = 0; from < roads.stops(); ++from) {
        for (std::size_t to = from + 2; to < roads.stops(); ++to) {
            if (random() % 2 != 0) roads.between(from, to).distance_m /= 1 + random() % 9;
        }
    }
    return roads;
}

TEST(FareProposal, EachLegEachStopAndTheWhole) {
    const auto proposal = propose_fares(straight({210'000, 221'000}), FareRate{});  // Alger–Chlef–Oran
    EXPECT_EQ(proposal.legs, (std::vector<Fare>{{Dinars{740}, Dinars{950}}, {Dinars{780}, Dinars{1'000}}}));
    EXPECT_EQ(proposal.cumulative, (std::vector<Dinars>{Dinars{0}, Dinars{740}, Dinars{1'510}}));
    EXPECT_EQ(proposal.total, (Fare{Dinars{1'510}, Dinars{1'940}}));
}

TEST(FareProposal, ADetourCostsNoMoreThanTheDirectRoad) {
    const auto proposal = propose_fares(there_and_nearly_back(), FareRate{});
    EXPECT_EQ(proposal.cumulative, (std::vector<Dinars>{Dinars{0}, Dinars{220}, Dinars{220}}));
    EXPECT_EQ(proposal.total, (Fare{Dinars{170}, Dinars{220}}));
}

TEST(FareProposal, ProposedPricesRespectEveryCapAndNeverFall) {
    std::mt19937 random(13);
    for (int round = 0; round < rounds(2'000); ++round) {
        const DirectRoads roads = random() % 2 != 0 ? winding(random) : straight(random_legs(random));
        const auto proposal = propose_fares(roads, FareRate{});
        EXPECT_EQ(proposal.cumulative.front(), Dinars{0});
        EXPECT_TRUE(std::ranges::is_sorted(proposal.cumulative));
        EXPECT_EQ(find_price_above_cap(proposal.cumulative, roads, FareRate{}), std::nullopt);
    }
}

TEST(FareProposal, OnAStraightRouteTheLastPriceIsTheTotal) {
    std::mt19937 random(17);
    for (int round = 0; round < rounds(500); ++round) {
        const auto proposal = propose_fares(straight(random_legs(random)), FareRate{});
        EXPECT_EQ(proposal.cumulative.back(), proposal.total.proposal);
    }
}

TEST(PriceCap, ALegMayCostItsCapButNotADinarMore) {
    const auto above = [&](std::int64_t first, std::int64_t second) {
        const std::vector<Dinars> cumulative{Dinars{0}, Dinars{first}, Dinars{second}};
        return find_price_above_cap(cumulative, straight({100'000, 100'000}), FareRate{});
    };
    EXPECT_EQ(above(450, 900), std::nullopt);
    EXPECT_EQ(above(451, 900), (PriceAboveCap{0, 1, Dinars{450}}));
    EXPECT_EQ(above(450, 901), (PriceAboveCap{0, 2, Dinars{900}}));
    EXPECT_EQ(above(100, 551), (PriceAboveCap{1, 2, Dinars{550}}));
}

TEST(PriceCap, TheWholeHasItsOwnCapAlthoughEachLegIsRoundedUp) {
    // Each leg is capped at 10, and so are two or all three together.
    const std::vector<Dinars> cumulative{Dinars{0}, Dinars{10}, Dinars{10}, Dinars{20}};
    EXPECT_EQ(find_price_above_cap(cumulative, straight({100, 100, 100}), FareRate{}),
              (PriceAboveCap{0, 3, Dinars{10}}));
}

TEST(PriceCap, HoldsBetweenAnyTwoStopsByTheirDirectRoad) {
    // Parts and total are under the caps of the route; Alger–Blida is not.
    const std::vector<Dinars> cumulative{Dinars{0}, Dinars{1'750}, Dinars{3'500}};
    EXPECT_EQ(find_price_above_cap(cumulative, there_and_nearly_back(), FareRate{}),
              (PriceAboveCap{0, 2, Dinars{220}}));
    // Also in the middle of a longer route, naming the stop that allows the least.
    DirectRoads roads = straight({50'000, 400'000, 400'000, 50'000});
    roads.between(1, 3).distance_m = 40'000;
    const std::vector<Dinars> longer{Dinars{0}, Dinars{100}, Dinars{1'500}, Dinars{1'500}, Dinars{1'600}};
    EXPECT_EQ(find_price_above_cap(longer, roads, FareRate{}), (PriceAboveCap{1, 3, Dinars{280}}));
}

}  // namespace
}  // namespace safargo::geo
