#include "load/mix.hpp"

#include "load/scripted_server_test.hpp"

#include <gmock/gmock.h>

#include <map>

namespace safargo::load {
namespace {

using ::testing::ElementsAre;
using Order = MixEntry::Order;

std::vector<Line> numbered(std::string_view name, int lines) {
    std::string text;
    for (int i = 0; i < lines; ++i) text += testing::get_line(fmt::format("/{}{}", name, i));
    return parse_requests(text);
}

std::vector<std::string> paths(Mix& mix, int count) {
    std::vector<std::string> seen;
    for (int i = 0; i < count; ++i) {
        const auto choice = mix.next();
        seen.emplace_back(choice ? choice->line->path() : "none");
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

TEST(Mix, EntriesAreTakenByWeightAndRandomLinesEquallyOften) {
    Mix mix(3);
    mix.add({.weight = 70, .order = Order::random}, numbered("a", 7));
    mix.add({.weight = 25}, numbered("b", 1));
    mix.add({.weight = 5}, numbered("c", 1));
    std::map<std::string, int> counts;
    for (const auto& path : paths(mix, 10'000)) ++counts[path];
    ASSERT_EQ(counts.size(), 9U);
    for (const auto& [path, count] : counts)  // five standard deviations
        EXPECT_NEAR(count, path == "/b0" ? 2'500 : path == "/c0" ? 500 : 1'000, path == "/b0" ? 220 : 150) << path;
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

TEST(Requests, AreTheBytesOfTheirLines) {
    const auto requests = parse_requests(R"({"bytes":"GET /a?b=c HTTP/1.1\r\n\r\n","expect":0}
{"bytes":"POST /p HTTP/1.1\r\nContent-Length: 2\r\n\r\né","expect":201})");
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0].bytes, "GET /a?b=c HTTP/1.1\r\n\r\n");
    EXPECT_EQ(requests[0].path(), "/a?b=c");
    EXPECT_EQ(requests[1].bytes, "POST /p HTTP/1.1\r\nContent-Length: 2\r\n\r\né");
    EXPECT_TRUE(requests[1].expects(201) && !requests[1].expects(200));
    for (const int good : {200, 201, 204, 299, 304}) EXPECT_TRUE(requests[0].expects(good)) << good;
    for (const int bad : {199, 300, 303, 305, 404, 500}) EXPECT_FALSE(requests[0].expects(bad)) << bad;
}

std::string refusal(const auto& work) {
    try {
        work();
        return "(accepted)";
    } catch (const BadPlan& wrong) {
        return wrong.what();
    }
}

TEST(Requests, ARefusalNamesTheLineOrTheFile) {
    const auto parsed = [](std::string_view lines) { return refusal([lines] { parse_requests(lines); }); };
    EXPECT_EQ(parsed("{\"bytes\":\"x\",\"expect\":0}\n{\"expect\":0}"), "line 2: bytes: is missing");
    EXPECT_EQ(parsed("[]"), "line 1: must be a JSON object");
    EXPECT_EQ(parsed(""), "there is no request");
    Plan plan;
    plan.mix = {{.name = "a", .requests = "/nowhere/a.jsonl"}};
    EXPECT_EQ(refusal([&plan] { Mix::read(plan); }), "a: /nowhere/a.jsonl: cannot be read");
}

}  // namespace
}  // namespace safargo::load
