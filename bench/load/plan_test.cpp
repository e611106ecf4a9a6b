#include "load/plan.hpp"

#include <gtest/gtest.h>

namespace safargo::load {
namespace {

using namespace std::chrono_literals;

// The least plan, with one field replaced or added.
std::string plan_with(const std::string& field, const std::string& value) {
    std::string target = R"("http://127.0.0.1:3000")", load = R"({"kind":"open","rate":10})";
    std::string mix = R"([{"name":"a","requests":"a.jsonl"}])", more;
    if (field == "target") {
        target = value;
    } else if (field == "load") {
        load = value;
    } else if (field == "mix") {
        mix = value;
    } else if (!field.empty()) {
        more = ",\"" + field + "\":" + value;
    }
    return R"({"target":)" + target + R"(,"load":)" + load + R"(,"mix":)" + mix + more + "}";
}

std::string refusal(const std::string& json) {
    const auto plan = parse_plan(json, "/folder");
    return plan ? "(accepted)" : plan.error();
}

TEST(Plan, TheLeastPlanHasTheDefaults) {
    const auto plan = parse_plan(plan_with("", ""), "/folder");
    ASSERT_TRUE(plan) << plan.error();
    EXPECT_EQ(plan->kind, Plan::Kind::open);
    EXPECT_EQ(plan->rate, 10);
    EXPECT_EQ(plan->port, 3000);
    EXPECT_EQ(plan->host, "127.0.0.1:3000");
    EXPECT_EQ(plan->warmup, 2s);
    EXPECT_EQ(plan->duration, 10s);
    EXPECT_EQ(plan->timeout, 30s);
    EXPECT_EQ(plan->max_connections, 2'048U);
    EXPECT_EQ(plan->threads, 1U);
    EXPECT_EQ(plan->seed, 1U);
    ASSERT_EQ(plan->mix.size(), 1U);
    EXPECT_EQ(plan->mix[0].requests, "/folder/a.jsonl");
    EXPECT_EQ(plan->mix[0].order, MixEntry::Order::cycle);
    EXPECT_EQ(plan->mix[0].weight, 1);
}

TEST(Plan, EveryFieldIsRead) {
    const auto plan =
        parse_plan(R"({"target":"http://localhost/","load":{"kind":"closed","connections":3,"think_ms":1.5},
        "warmup_s":0,"duration_s":0.5,"max_connections":7,"timeout_s":1,"threads":2,"seed":9,"drop_connections_per_s":2.5,
        "mix":[{"name":"a","weight":70,"requests":"/abs.jsonl","order":"once"},
               {"name":"b","weight":0.5,"requests":"b.jsonl","order":"random"}]})",
                   "plans");
    ASSERT_TRUE(plan) << plan.error();
    EXPECT_EQ(plan->address, 0x7f000001U);
    EXPECT_EQ(plan->port, 80);
    EXPECT_EQ(plan->kind, Plan::Kind::closed);
    EXPECT_EQ(plan->connections, 3U);
    EXPECT_EQ(plan->think, 1500us);
    EXPECT_EQ(plan->warmup, 0s);
    EXPECT_EQ(plan->duration, 500ms);
    EXPECT_EQ(plan->max_connections, 7U);
    EXPECT_EQ(plan->timeout, 1s);
    EXPECT_EQ(plan->threads, 2U);
    EXPECT_EQ(plan->seed, 9U);
    EXPECT_EQ(plan->drops_per_second, 2.5);
    EXPECT_EQ(plan->mix[0].requests, "/abs.jsonl");
    EXPECT_EQ(plan->mix[0].order, MixEntry::Order::once);
    EXPECT_EQ(plan->mix[1].requests, "plans/b.jsonl");
    EXPECT_EQ(plan->mix[1].order, MixEntry::Order::random);
}

TEST(Plan, ARefusalNamesTheField) {
    const std::string address = "target: must be http:// with an IPv4 address or localhost, and a port";
    EXPECT_EQ(refusal(plan_with("target", R"("https://127.0.0.1")")), address);
    EXPECT_EQ(refusal(plan_with("target", R"("http://example.org")")), address);
    EXPECT_EQ(refusal(plan_with("target", R"("http://127.0.0.1:0")")), address);
    EXPECT_EQ(refusal(plan_with("target", R"("http://127.0.0.1:65536")")), address);
    EXPECT_EQ(refusal(plan_with("target", R"("http://127.0.0.1:80/api")")), address);
    EXPECT_EQ(refusal(plan_with("target", "5")), "target: must be a text");
    EXPECT_EQ(refusal(plan_with("duration_s", "0")), "duration_s: must be a number above 0 and at most 604800");
    EXPECT_EQ(refusal(plan_with("warmup_s", "-1")), "warmup_s: must be a number from 0 to 604800");
    EXPECT_EQ(refusal(plan_with("timeout_s", "101")), "timeout_s: must be a number above 0 and at most 100");
    EXPECT_EQ(refusal(plan_with("threads", "1.5")), "threads: must be a whole number from 1 to 64");
    EXPECT_EQ(refusal(plan_with("threads", "\"1\"")), "threads: must be a number from 1 to 64");
    EXPECT_EQ(refusal(plan_with("max_connections", "0")), "max_connections: must be a number from 1 to 60000");
    EXPECT_EQ(refusal(plan_with("seed", "-1")), "seed: must be a number from 0 to 9007199254740992");
    EXPECT_EQ(refusal(plan_with("duration", "10")), "duration: there is no such field");
}

TEST(Plan, ARefusalOfTheLoadNamesTheField) {
    EXPECT_EQ(refusal(plan_with("load", "[]")), "load: must be an object");
    EXPECT_EQ(refusal(plan_with("load", R"({"kind":"steady"})")), R"(load.kind: must be "open" or "closed")");
    EXPECT_EQ(refusal(plan_with("load", R"({"rate":5})")), "load.kind: is missing");
    EXPECT_EQ(refusal(plan_with("load", R"({"kind":"open"})")), "load.rate: is missing");
    EXPECT_EQ(refusal(plan_with("load", R"({"kind":"open","rate":0})")),
              "load.rate: must be a number above 0 and at most 1000000");
    EXPECT_EQ(refusal(plan_with("load", R"({"kind":"open","rate":5,"think_ms":5})")),
              "load.think_ms: there is no such field");
    EXPECT_EQ(refusal(plan_with("load", R"({"kind":"closed","connections":0})")),
              "load.connections: must be a number from 1 to 60000");
}

TEST(Plan, ARefusalOfTheMixNamesTheEntry) {
    EXPECT_EQ(refusal(plan_with("mix", "{}")), "mix: must be a list");
    EXPECT_EQ(refusal(plan_with("mix", "[]")), "mix: must not be empty");
    EXPECT_EQ(refusal(plan_with("mix", "[1]")), "mix[0]: must be an object");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"requests":"a"}])")), "mix[0].name: is missing");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"name":"","requests":"a"}])")), "mix[0].name: must not be empty");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"name":"a"}])")), "mix[0].requests: is missing");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"name":"a","requests":"a"},{"name":"a","requests":"b"}])")),
              R"(mix[1].name: "a" is there twice)");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"name":"a","requests":"a","weight":0}])")),
              "mix[0].weight: must be a number above 0 and at most 1000000000");
    EXPECT_EQ(refusal(plan_with("mix", R"([{"name":"a","requests":"a","order":"any"}])")),
              R"(mix[0].order: must be "cycle", "random" or "once")");
}

TEST(Plan, WhatIsNoObjectIsRefusedAsAWhole) {
    EXPECT_EQ(refusal("{}"), "target: is missing");
    EXPECT_EQ(refusal("[]"), "must be a JSON object");
    EXPECT_TRUE(refusal("{").starts_with("is not JSON: "));
    EXPECT_TRUE(refusal("").starts_with("is not JSON: "));
}

TEST(Plan, EachThreadNeedsAConnection) {
    EXPECT_EQ(refusal(R"({"target":"http://127.0.0.1:1","load":{"kind":"closed","connections":1},"threads":2,
                          "mix":[{"name":"a","requests":"a"}]})"),
              "threads: must not be more than the connections");
}

TEST(Plan, AFileThatIsNotThereIsNamed) {
    const auto plan = read_plan("/nowhere/plan.json");
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error(), "/nowhere/plan.json: cannot be read");
}

}  // namespace
}  // namespace safargo::load
