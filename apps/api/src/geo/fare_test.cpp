#include "geo/fare.hpp"

#include <gmock/gmock.h>

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

TEST(Fare, DefaultsAreThoseOfTheProduct) {
    EXPECT_EQ(fare_of(200'000, FareRate{}), (Fare{Dinars{700}, Dinars{900}}));
}

TEST(Fare, AlgerOranIsOfferedUnderTheCap) {
    const Fare fare = fare_of(430'000, FareRate{});
    EXPECT_LE(fare.proposal, Dinars{1'800});
    EXPECT_GE(fare.cap, Dinars{1'800});
}

TEST(Fare, RateGoesByFuel) {
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

TEST(FareProposal, EachLegTheStopsAndTheWhole) {
    const std::vector<std::int64_t> legs{210'000, 221'000};  // Alger–Chlef–Oran
    const auto proposal = propose_fares(legs, FareRate{});
    EXPECT_EQ(proposal.legs, (std::vector<Fare>{{Dinars{740}, Dinars{950}}, {Dinars{780}, Dinars{1'000}}}));
    EXPECT_EQ(proposal.cumulative, (std::vector<Dinars>{Dinars{0}, Dinars{740}, Dinars{1'510}}));
    EXPECT_EQ(proposal.total, (Fare{Dinars{1'510}, Dinars{1'940}}));
}

TEST(FareProposal, ProposedPricesNeverBreakACap) {
    std::mt19937 random(13);
    for (int round = 0; round < rounds(2'000); ++round) {
        const auto legs = random_legs(random);
        const auto proposal = propose_fares(legs, FareRate{});
        EXPECT_EQ(proposal.cumulative.back(), proposal.total.proposal);
        EXPECT_EQ(find_price_above_cap(proposal.cumulative, legs, FareRate{}), std::nullopt);
    }
}

TEST(PriceCap, ALegMayCostItsCapAndNotADinarMore) {
    const std::vector<std::int64_t> legs{100'000, 100'000};
    const auto above = [&](std::int64_t first, std::int64_t second) {
        const std::vector<Dinars> cumulative{Dinars{0}, Dinars{first}, Dinars{second}};
        return find_price_above_cap(cumulative, legs, FareRate{});
    };
    EXPECT_EQ(above(450, 900), std::nullopt);
    EXPECT_EQ(above(451, 900), (PriceAboveCap{1, Dinars{450}}));
    EXPECT_EQ(above(450, 901), (PriceAboveCap{2, Dinars{900}}));
    EXPECT_EQ(above(100, 551), (PriceAboveCap{2, Dinars{550}}));
}

TEST(PriceCap, TheWholeHasItsOwnCapAlthoughEachLegIsRoundedUp) {
    const std::vector<std::int64_t> legs{100, 100, 100};  // each capped at 10, all three together at 10 too
    const std::vector<Dinars> cumulative{Dinars{0}, Dinars{10}, Dinars{20}, Dinars{30}};
    EXPECT_EQ(find_price_above_cap(cumulative, legs, FareRate{}), (PriceAboveCap{3, Dinars{10}}));
}

}  // namespace
}  // namespace safargo::geo
