#include "load/plan.hpp"

#include <gtest/gtest.h>

#include <array>

namespace safargo::load {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view whole = R"({"address":"127.0.0.1","port":3000,"load":{"kind":"open","rate":10},"warmup_s":0,
    "duration_s":0.5,"max_connections":7,"timeout_s":1,"seed":9,"drop_connections_per_s":2.5,
    "mix":[{"name":"a","weight":70,"requests":"/abs.jsonl","order":"once"},
           {"name":"b","weight":0.5,"requests":"b.jsonl","order":"random"}]})";

// What is said of the plan with the first `part` of it replaced.
std::string refusal(std::string_view part, std::string_view other) {
    std::string text(whole);
    text.replace(text.find(part), part.size(), other);
    try {
        parse_plan(text, "plans");
        return "(accepted)";
    } catch (const BadPlan& wrong) {
        return wrong.what();
    }
}

TEST(Plan, EveryFieldIsRead) {
    const Plan plan = parse_plan(whole, "plans");
    EXPECT_EQ(plan.target.address().to_string(), "127.0.0.1");
    EXPECT_EQ(plan.target.port(), 3000);
    EXPECT_TRUE(plan.is_open());
    EXPECT_EQ(plan.rate, 10);
    EXPECT_EQ(plan.warmup, 0s);
    EXPECT_EQ(plan.duration, 500ms);
    EXPECT_EQ(plan.max_connections, 7U);
    EXPECT_EQ(plan.timeout, 1s);
    EXPECT_EQ(plan.seed, 9U);
    EXPECT_EQ(plan.drops_per_second, 2.5);
    ASSERT_EQ(plan.mix.size(), 2U);
    EXPECT_EQ(plan.mix[0].requests, "/abs.jsonl");
    EXPECT_EQ(plan.mix[0].order, MixEntry::Order::once);
    EXPECT_EQ(plan.mix[1].requests, "plans/b.jsonl");
    EXPECT_EQ(plan.mix[1].weight, 0.5);
}

TEST(Plan, ARefusalNamesTheField) {
    for (const auto& [part, other, said] : std::vector<std::array<const char*, 3>>{
             {"127.0.0.1", "example.org", "address: must be one of IP"},
             {"3000", "0", "port: must be above 0"},
             {"3000", "65536", "port: is of another kind"},
             {R"("seed":9,)", "", "seed: is missing"},
             {R"("warmup_s":0)", R"("warmup_s":"0")", "warmup_s: is of another kind"},
             {R"("duration_s":0.5)", R"("duration_s":0)", "duration_s: must be above 0"},
             {R"("max_connections":7)", R"("max_connections":1.5)", "max_connections: is of another kind"},
             {"open", "steady", "kind: must be open or closed"},
             {"rate\":10", "rate\":0", "rate: must be above 0"},
             {"once", "any", "order: must be cycle, random or once"},
             {"{", "", "must be a JSON object"}}) {
        EXPECT_EQ(refusal(part, other), said);
    }
}

}  // namespace
}  // namespace safargo::load
