#include "load/mix.hpp"

#include "load/trial_test.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

namespace safargo::load {
namespace {

using ::testing::ElementsAre;

using Order = MixEntry::Order;

Requests numbered(std::string_view name, int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i) text += testing::get_line(fmt::format("/{}{}", name, i));
    return Requests::parse(text);
}

std::vector<std::string> paths(Mix& mix, int count) {
    std::vector<std::string> seen;
    for (int i = 0; i < count; ++i) {
        const auto choice = mix.next();
        seen.emplace_back(choice ? choice->line.path() : "none");
    }
    return seen;
}

TEST(Mix, ACycleBeginsAgainAndOnceEnds) {
    Mix cycle(1), once(1);
    cycle.add({.order = Order::cycle}, numbered("a", 2));
    once.add({.order = Order::once}, numbered("a", 2));
    EXPECT_THAT(paths(cycle, 5), ElementsAre("/a0", "/a1", "/a0", "/a1", "/a0"));
    EXPECT_THAT(paths(once, 4), ElementsAre("/a0", "/a1", "none", "none"));
}

TEST(Mix, RandomTakesAllLinesAboutEquallyOften) {
    Mix mix(7);
    mix.add({.order = Order::random}, numbered("a", 4));
    std::map<std::string, int> counts;
    for (const auto& path : paths(mix, 4'000)) ++counts[path];
    ASSERT_EQ(counts.size(), 4U);
    for (const auto& [path, count] : counts) EXPECT_NEAR(count, 1'000, 150) << path;  // five standard deviations
}

TEST(Mix, EntriesAreTakenByWeight) {
    Mix mix(3);
    mix.add({.weight = 70}, numbered("a", 3));
    mix.add({.weight = 25}, numbered("b", 3));
    mix.add({.weight = 5}, numbered("c", 3));
    std::map<char, int> counts;
    for (const auto& path : paths(mix, 10'000)) ++counts[path[1]];
    EXPECT_NEAR(counts['a'], 7'000, 250);
    EXPECT_NEAR(counts['b'], 2'500, 250);
    EXPECT_NEAR(counts['c'], 500, 120);
}

TEST(Mix, TheSameSeedChoosesTheSame) {
    const auto choices = [](std::uint64_t seed) {
        Mix mix(seed);
        mix.add({.order = Order::random}, numbered("a", 50));
        mix.add({.weight = 2}, numbered("b", 50));
        return paths(mix, 200);
    };
    EXPECT_EQ(choices(5), choices(5));
    EXPECT_NE(choices(5), choices(6));
    EXPECT_NE(choices(5), choices(5 + (std::uint64_t{1} << 40))) << "all of the seed counts";
}

TEST(Mix, AFileThatIsWrongIsNamedWithItsEntry) {
    Plan plan;
    plan.mix = {{.name = "a", .requests = "/nowhere/a.jsonl"}};
    try {
        Mix::read(plan);
        FAIL();
    } catch (const BadPlan& wrong) {
        EXPECT_STREQ(wrong.what(), "a: /nowhere/a.jsonl: cannot be read");
    }
}

}  // namespace
}  // namespace safargo::load
