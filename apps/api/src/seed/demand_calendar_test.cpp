#include "seed/demand_calendar.hpp"

#include <gtest/gtest.h>

#include <map>

namespace safargo::seed {
namespace {

LocalDate date(std::string_view text) {
    return LocalDate::parse(text).value();
}

double hour_of(Instant instant) {
    const auto local = instant + algiers_offset;
    return std::chrono::duration<double, std::ratio<3600>>(local - std::chrono::floor<std::chrono::days>(local))
        .count();
}

std::map<int, double> share_by_band(LocalDate day, int draws = 20'000) {
    Random random{7};
    std::map<int, double> shares;
    for (int i = 0; i < draws; ++i) {
        const double hour = hour_of(draw_departure(day, random));
        const int band = hour < 5 ? 0 : hour < 8 ? 5 : hour < 12 ? 8 : hour < 16 ? 12 : hour < 20 ? 16 : 20;
        shares[band] += 1.0 / draws;
    }
    return shares;
}

// The feasts of 1447 as they were observed, within a day.
TEST(DemandCalendar, KnowsTheIslamicYear) {
    EXPECT_EQ(islamic_date(date("2026-02-18")), (IslamicDate{9, 1}));
    EXPECT_EQ(islamic_date(date("2026-03-20")), (IslamicDate{10, 1}));
    EXPECT_EQ(islamic_date(date("2026-05-27")), (IslamicDate{12, 10}));
    EXPECT_EQ(islamic_date(date("2026-06-16")), (IslamicDate{12, 30}));
    EXPECT_EQ(islamic_date(date("2026-06-17")), (IslamicDate{1, 1}));
}

TEST(DemandCalendar, EveryDayFollowsThePrevious) {
    IslamicDate before = islamic_date(date("2020-01-01"));
    for (LocalDate day = date("2020-01-02"); day < date("2055-01-01"); day.days += std::chrono::days{1}) {
        const IslamicDate now = islamic_date(day);
        if (now.day == 1) {
            EXPECT_EQ(now.month, before.month % 12 + 1) << day.str();
            EXPECT_GE(before.day, 29) << day.str();
        } else {
            EXPECT_EQ(now.month, before.month) << day.str();
            EXPECT_EQ(now.day, before.day + 1) << day.str();
            EXPECT_LE(now.day, 30) << day.str();
        }
        before = now;
    }
}

TEST(DemandCalendar, ThursdayIsBusiestAndAWeekAveragesOne) {
    double sum = 0;
    for (int i = 0; i < 7; ++i) sum += day_weight({date("2026-10-11").days + std::chrono::days{i}});
    EXPECT_NEAR(sum, 7, 1e-9);
    EXPECT_NEAR(day_weight(date("2026-10-15")) / day_weight(date("2026-10-12")), 1.5 / 0.8, 1e-9);
}

TEST(DemandCalendar, TravelDoublesTwoDaysBeforeAndAfterFeasts) {
    const LocalDate feast = date("2026-03-20"), week_later = date("2026-03-27");
    for (const int away : {-2, -1, 1, 2}) {
        const LocalDate near{feast.days + std::chrono::days{away}}, far{week_later.days + std::chrono::days{away}};
        EXPECT_NEAR(day_weight(near), 2 * day_weight(far), 1e-9) << away;
        EXPECT_EQ(is_before_feast(near), away < 0);
    }
    EXPECT_NEAR(day_weight(feast), day_weight(week_later), 1e-9);
}

TEST(DemandCalendar, SeasonsOfCoastAndSahara) {
    EXPECT_EQ(beach_weight(date("2026-08-10")), 1.6);
    EXPECT_EQ(beach_weight(date("2026-06-30")), 1);
    EXPECT_EQ(sahara_weight(date("2026-12-19")), 1);
    EXPECT_EQ(sahara_weight(date("2026-12-20")), 2);
    EXPECT_EQ(sahara_weight(date("2027-01-05")), 2);
    EXPECT_EQ(sahara_weight(date("2027-01-06")), 1);
    EXPECT_EQ(sahara_weight(date("2026-03-15")), 2);
    EXPECT_EQ(sahara_weight(date("2026-07-15")), 0.5);
}

TEST(DemandCalendar, DeparturesFollowTheHours) {
    const auto monday = share_by_band(date("2026-10-12"));
    EXPECT_NEAR(monday.at(5), 0.30, 0.02);
    EXPECT_NEAR(monday.at(8), 0.30, 0.02);
    EXPECT_NEAR(monday.at(12), 0.20, 0.02);
    EXPECT_NEAR(monday.at(16), 0.17, 0.02);
    EXPECT_NEAR(monday.at(20), 0.03, 0.01);
    EXPECT_FALSE(monday.contains(0));
    EXPECT_GT(share_by_band(date("2026-10-15")).at(16), monday.at(16) + 0.05);
    EXPECT_FALSE(share_by_band(date("2026-02-23")).contains(16));  // a Monday of Ramadan
}

TEST(DemandCalendar, DepartureIsOnItsDay) {
    Random random{3};
    const LocalDate day = date("2026-12-31");
    for (int i = 0; i < 5'000; ++i) {
        const Instant at = draw_departure(day, random);
        EXPECT_EQ(LocalDate::of(at), day);
        EXPECT_EQ(at.time_since_epoch() % std::chrono::minutes{5}, std::chrono::microseconds{0});
    }
}

TEST(Random, TheSamePartsGiveTheSameSequenceInItsRange) {
    Random a{1, 2, 3}, b{1, 2, 3}, c{1, 3, 2};
    EXPECT_EQ(a.next(), b.next());
    EXPECT_NE(a.next(), c.next());
    std::map<std::int64_t, int> seen;
    for (int i = 0; i < 6'000; ++i) ++seen[a.between(-1, 4)];
    EXPECT_EQ(seen.begin()->first, -1);
    EXPECT_EQ(seen.rbegin()->first, 4);
    for (const auto& [value, count] : seen) EXPECT_NEAR(count, 1'000, 150) << value;
}

TEST(WeightedChoice, PicksByWeightAndNeverZeroWeights) {
    const WeightedChoice choice({0, 1, 3, 0});
    Random random{5};
    std::map<std::size_t, int> seen;
    for (int i = 0; i < 4'000; ++i) ++seen[choice.pick(random)];
    EXPECT_EQ(seen.size(), 2U);
    EXPECT_NEAR(seen[1], 1'000, 120);
    EXPECT_TRUE(WeightedChoice({0, 0}).empty());
    EXPECT_TRUE(WeightedChoice().empty());
}

}  // namespace
}  // namespace safargo::seed
