#include "load/mix.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <set>
#include <thread>

namespace safargo::load {
namespace {

using testing::ElementsAre;

using Order = MixEntry::Order;

Requests numbered(std::string_view name, int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i) text += fmt::format("{{\"method\":\"GET\",\"path\":\"/{}{}\"}}\n", name, i);
    return std::move(*Requests::parse(text, "host"));
}

std::vector<std::string> paths(Chooser& chooser, int count) {
    std::vector<std::string> seen;
    for (int i = 0; i < count; ++i) {
        const auto choice = chooser.next();
        seen.emplace_back(choice ? Requests::path_of(choice->line.bytes) : "none");
    }
    return seen;
}

TEST(Mix, ACycleBeginsAgain) {
    Mix mix;
    mix.add({.order = Order::cycle}, numbered("a", 2));
    Chooser chooser(mix, 1, 0);
    EXPECT_THAT(paths(chooser, 5), ElementsAre("/a0", "/a1", "/a0", "/a1", "/a0"));
}

TEST(Mix, OnceEnds) {
    Mix mix;
    mix.add({.order = Order::once}, numbered("a", 2));
    Chooser chooser(mix, 1, 0);
    EXPECT_THAT(paths(chooser, 4), ElementsAre("/a0", "/a1", "none", "none"));
}

TEST(Mix, RandomTakesAllLinesAboutEquallyOften) {
    Mix mix;
    mix.add({.order = Order::random}, numbered("a", 4));
    Chooser chooser(mix, 7, 0);
    std::map<std::string, int> counts;
    for (const auto& path : paths(chooser, 4'000)) ++counts[path];
    ASSERT_EQ(counts.size(), 4U);
    for (const auto& [path, count] : counts) EXPECT_NEAR(count, 1'000, 150) << path;  // five standard deviations
}

TEST(Mix, EntriesAreTakenByWeight) {
    Mix mix;
    mix.add({.weight = 70}, numbered("a", 3));
    mix.add({.weight = 25}, numbered("b", 3));
    mix.add({.weight = 5}, numbered("c", 3));
    Chooser chooser(mix, 3, 0);
    std::map<char, int> counts;
    for (const auto& path : paths(chooser, 10'000)) ++counts[path[1]];
    EXPECT_NEAR(counts['a'], 7'000, 250);
    EXPECT_NEAR(counts['b'], 2'500, 250);
    EXPECT_NEAR(counts['c'], 500, 120);
}

TEST(Mix, TheSameSeedChoosesTheSame) {
    const auto choices = [](std::uint64_t seed, unsigned thread) {
        Mix mix;
        mix.add({.order = Order::random}, numbered("a", 50));
        mix.add({.weight = 2}, numbered("b", 50));
        Chooser chooser(mix, seed, thread);
        return paths(chooser, 200);
    };
    EXPECT_EQ(choices(5, 0), choices(5, 0));
    EXPECT_NE(choices(5, 0), choices(6, 0));
    EXPECT_NE(choices(5, 0), choices(5, 1)) << "threads do not march in step";
    EXPECT_NE(choices(5, 0), choices(5 + (std::uint64_t{1} << 40), 0)) << "all of the seed counts";
}

TEST(Mix, ThreadsShareLinesThatAreSentOnce) {
    constexpr int lines = 20'000;
    Mix mix;
    mix.add({.order = Order::once}, numbered("a", lines));
    std::array<std::vector<std::string>, 2> seen;
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < seen.size(); ++i) {
            threads.emplace_back([&mix, &mine = seen[i], i] {
                Chooser chooser(mix, 1, i);
                while (const auto choice = chooser.next()) mine.emplace_back(Requests::path_of(choice->line.bytes));
            });
        }
    }
    std::set<std::string> distinct(seen[0].begin(), seen[0].end());
    distinct.insert(seen[1].begin(), seen[1].end());
    EXPECT_EQ(seen[0].size() + seen[1].size(), std::size_t{lines});
    EXPECT_EQ(distinct.size(), std::size_t{lines});
}

TEST(Mix, AFileThatIsWrongIsNamedWithItsEntry) {
    Plan plan;
    plan.mix = {{.name = "a", .requests = "/nowhere/a.jsonl"}};
    const auto mix = Mix::read(plan);
    ASSERT_FALSE(mix);
    EXPECT_EQ(mix.error(), "mix[0].requests: /nowhere/a.jsonl: cannot be read");
}

}  // namespace
}  // namespace safargo::load
