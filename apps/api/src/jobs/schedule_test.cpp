#include "jobs/schedule.hpp"

#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

const Instant start = parse_instant("2026-12-01T08:00:00.5Z").value();

Task<void> nothing(Instant) {
    co_return;
}
Task<void> broken(Instant) {
    throw std::runtime_error("broken");
    co_return;
}

Task<void> broken_oddly(Instant) {
    throw 42;
    co_return;
}

Names run_at(Schedule& schedule, Instant now) {
    return testing::run(schedule.run_once(now));
}

TEST(Schedule, RunsEachJobAtMultiplesOfItsPeriod) {
    Schedule schedule({{"minutely", 60s, nothing}, {"secondly", 1s, nothing}});
    EXPECT_EQ(schedule.next_due(), Instant{});
    EXPECT_EQ(run_at(schedule, start), (Names{"minutely", "secondly"}));
    EXPECT_EQ(schedule.next_due(), start + 500ms);
    EXPECT_EQ(run_at(schedule, start + 499ms), Names{});
    EXPECT_EQ(run_at(schedule, start + 500ms), Names{"secondly"});
    EXPECT_EQ(run_at(schedule, start + 59s), Names{"secondly"});
    EXPECT_EQ(run_at(schedule, start + 59s + 500ms), (Names{"minutely", "secondly"}));
}

TEST(Schedule, RunsNightlyJobsAtNight) {
    Schedule schedule({{"nightly", 24h, nothing, false}});
    EXPECT_EQ(run_at(schedule, start), Names{});
    EXPECT_EQ(schedule.next_due(), parse_instant("2026-12-02T00:00:00Z").value());
    EXPECT_EQ(run_at(schedule, schedule.next_due()), Names{"nightly"});
}

TEST(Schedule, RunsMissedJobsOnce) {
    Schedule schedule({{"secondly", 1s, nothing}});
    run_at(schedule, start);
    EXPECT_EQ(run_at(schedule, start + 1h), Names{"secondly"});
    EXPECT_EQ(run_at(schedule, start + 1h), Names{});
}

TEST(Schedule, ContinuesAfterAFailingJob) {
    Schedule schedule({{"broken", 1s, broken}, {"odd", 1s, broken_oddly}, {"good", 1s, nothing}});
    EXPECT_EQ(run_at(schedule, start), (Names{"broken", "odd", "good"}));
    EXPECT_EQ(run_at(schedule, start + 1s), (Names{"broken", "odd", "good"}));
}

TEST(Schedule, WithoutJobsWaitsForever) {
    EXPECT_EQ(Schedule({}).next_due(), Instant::max());
}

}  // namespace
}  // namespace safargo::jobs
