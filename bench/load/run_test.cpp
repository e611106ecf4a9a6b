// Whole runs against a server: what is answered, and each way in which a request can fail.
#include "load/trial_test.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace safargo::load::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

ScriptedServer::Answerer always(Script script) {
    return [script](const std::string&, unsigned) { return script; };
}

// Every second request of a connection gets `script`, the others are answered well.
ScriptedServer::Answerer every_second(Script script) {
    return [script](const std::string&, unsigned before) { return before % 2 == 1 ? script : ok(); };
}

TEST(ClosedLoop, AsksOneAfterTheOtherOnOneConnection) {
    ScriptedServer server(always(ok("hello")));
    const auto outcome = closed_trial(server.url(), 1, 20).run();
    EXPECT_EQ(outcome.tally.sent, 20U);
    EXPECT_EQ(outcome.tally.answered(), 20U);
    EXPECT_EQ(outcome.tally.answered_in_time, 20U);
    EXPECT_EQ(outcome.tally.errors(), 0U);
    EXPECT_EQ(outcome.tally.connections_opened, 1U);
    EXPECT_TRUE(outcome.exhausted);
    EXPECT_LT(outcome.seconds, 60) << "the lines ran out";
    ASSERT_EQ(server.requests().size(), 20U);
    EXPECT_THAT(server.requests()[19], HasSubstr("GET /19 HTTP/1.1\r\n"));
}

TEST(OpenLoop, SendsWhatIsDueAndCountsNoWarmUp) {
    ScriptedServer server(always(ok()));
    auto trial = open_trial(server.url(), 200, 500ms);
    trial.plan.warmup = 250ms;
    const auto outcome = trial.run();
    EXPECT_EQ(outcome.tally.sent, 100U);
    EXPECT_EQ(outcome.tally.answered(), 100U);
    EXPECT_EQ(server.requests().size(), 150U) << "the warm-up was run";
    EXPECT_EQ(outcome.seconds, 0.5);
    EXPECT_GT(outcome.cpu_seconds, 0);
}

TEST(Run, BodiesReachTheServer) {
    ScriptedServer server(always(ok()));
    auto trial = closed_trial(server.url(), 1, 0);
    const std::string body(3'000'000, 'x');  // more than the kernel takes at once
    trial.lines =
        fmt::format(R"({{"bytes":"POST /p HTTP/1.1\r\nContent-Length: {}\r\n\r\n{}","expect":0}})", body.size(), body);
    EXPECT_EQ(trial.run().tally.answered(), 1U);
    ASSERT_EQ(server.requests().size(), 1U);
    EXPECT_TRUE(server.requests()[0].starts_with("POST /p HTTP/1.1\r\n"));
    EXPECT_TRUE(server.requests()[0].ends_with("\r\n\r\n" + body));
}

TEST(Run, AnswersOfEveryShapeAreRead) {
    const std::string huge(5'000'000, 'x');
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    for (const auto& script : {ok(huge), Script{.bytes = chunked, .more = "0\r\n\r\n"}, status(204),
                               Script{.bytes = "HTTP/1.1 200 OK\r\nContent-", .more = "Length: 2\r\n\r\nhi"}}) {
        ScriptedServer server(always(script));
        const auto outcome = closed_trial(server.url(), 1, 3).run();
        EXPECT_EQ(outcome.tally.answered(), 3U) << script.bytes.substr(0, 60);
        EXPECT_EQ(server.connections(), 1U);
    }
}

TEST(Run, AServerThatClosesAfterEachAnswerIsNoError) {
    ScriptedServer server(
        always({.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", .then_close = true}));
    const auto outcome = closed_trial(server.url(), 1, 5).run();
    EXPECT_EQ(outcome.tally.answered(), 5U);
    EXPECT_EQ(outcome.tally.errors(), 0U);
    EXPECT_EQ(outcome.tally.connections_opened, 5U);
}

TEST(Errors, AStatusThatIsNotExpectedIsOneAndIsShown) {
    ScriptedServer server(every_second(status(503, "{\"title\":\"busy é\"}")));
    const auto report = closed_trial(server.url(), 1, 20).report();
    EXPECT_EQ(report.at("answered"), 10);
    EXPECT_EQ(report.at("errors").at("status"), 10);
    EXPECT_EQ(report.at("statuses").at("200"), 10);
    EXPECT_EQ(report.at("statuses").at("503"), 10);
    EXPECT_EQ(report.at("connections_opened"), 1);
    const auto& unexpected = report.at("unexpected").as_array();
    ASSERT_EQ(unexpected.size(), 5U) << "the first five";
    EXPECT_EQ(unexpected[1].at("path"), "/3");
    EXPECT_EQ(unexpected[1].at("name"), "only");
    EXPECT_EQ(unexpected[1].at("status"), 503);
    EXPECT_EQ(unexpected[1].at("body"), "{\"title\":\"busy é\"}");
}

TEST(Errors, AStatusThatIsExpectedIsNone) {
    ScriptedServer server(always(status(404)));
    auto trial = closed_trial(server.url(), 1, 0);
    trial.lines = R"({"bytes":"GET / HTTP/1.1\r\n\r\n","expect":404})";
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.answered(), 1U);
    EXPECT_EQ(tally.errors(), 0U);
}

TEST(Errors, GarbageIsAProtocolErrorAndTheRunGoesOn) {
    const Script two_answers{.bytes = ok().bytes + ok().bytes};
    for (const auto& script : {Script{.bytes = "garbage\r\n"}, two_answers}) {
        ScriptedServer server(every_second(script));
        const auto tally = closed_trial(server.url(), 1, 10).run().tally;
        EXPECT_EQ(tally.answered(), 5U);
        EXPECT_EQ(tally.failed(Failure::protocol), 5U);
        EXPECT_EQ(tally.errors(), 5U);
        EXPECT_EQ(tally.connections_opened, 5U) << "such a connection is not used again";
    }
}

TEST(Errors, AServerThatClosesInsteadOfAnsweringIsOne) {
    const Script nothing{.bytes = "", .then_close = true};
    const Script half{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .then_close = true};
    for (const auto& script : {nothing, half}) {
        ScriptedServer server(every_second(script));
        const auto tally = closed_trial(server.url(), 2, 10).run().tally;
        EXPECT_EQ(tally.failed(Failure::closed), tally.errors());
        EXPECT_GE(tally.failed(Failure::closed), 4U);
        EXPECT_TRUE(adds_up(tally));
    }
}

TEST(Errors, NoAnswerInTimeIsOne) {
    ScriptedServer server(every_second({.bytes = "HTTP/1.1 200 OK\r\n", .then_hang = true}));
    auto trial = closed_trial(server.url(), 1, 4);
    trial.plan.timeout = 1s;
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.failed(Failure::timeout), 2U);
    EXPECT_EQ(tally.answered(), 2U);
    EXPECT_EQ(tally.connections_opened, 2U);
}

TEST(Errors, WhatWaitsTooLongForAConnectionIsNotSent) {
    ScriptedServer server(always({.bytes = "", .then_hang = true}));
    auto trial = open_trial(server.url(), 20, 500ms);
    trial.plan.max_connections = 1;
    trial.plan.timeout = 2s;
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.sent, 10U);
    EXPECT_EQ(tally.failed(Failure::timeout), 10U);
    EXPECT_EQ(tally.connections, 1U);
    EXPECT_LT(server.requests().size(), 10U);
}

TEST(Errors, RefusedConnectionsAreCounted) {
    std::unique_ptr<ScriptedServer> server;
    server = std::make_unique<ScriptedServer>([&server](const std::string&, unsigned) {
        server->refuse_connections();
        return Script{.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", .then_close = true};
    });
    const auto tally = closed_trial(server->url(), 1, 3).run().tally;
    EXPECT_EQ(tally.answered(), 1U);
    EXPECT_EQ(tally.failed(Failure::connect), 2U);
    EXPECT_EQ(tally.errors(), 2U);
}

TEST(Run, ATargetThatCannotBeReachedIsSaidAtOnce) {
    std::string url;
    {
        ScriptedServer server(always(ok()));
        url = server.url();
    }
    EXPECT_THROW(closed_trial(url, 1, 1).run(), std::runtime_error);
}

TEST(Run, DroppedConnectionsAreNoErrors) {
    ScriptedServer server(always({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .then_hang = true}));
    auto trial = closed_trial(server.url(), 4, 10'000);
    trial.plan.duration = 500ms;
    trial.plan.timeout = 1s;
    trial.plan.drops_per_second = 100;
    const auto tally = trial.run().tally;
    EXPECT_GT(tally.dropped, 0U);
    EXPECT_LE(tally.dropped, 50U);
    EXPECT_EQ(tally.errors(), tally.failed(Failure::timeout)) << "those that were left at the end";
    EXPECT_TRUE(adds_up(tally));
    EXPECT_GT(server.connections(), 4U) << "each dropped one was replaced";
}

TEST(Run, AnOpenLoopReplacesWhatItDropped) {
    ScriptedServer server(always(ok()));
    auto trial = open_trial(server.url(), 100, 500ms);
    trial.plan.drops_per_second = 40;
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.sent, 50U);
    EXPECT_EQ(tally.errors(), 0U);
    EXPECT_TRUE(adds_up(tally));
    EXPECT_GT(server.connections(), 1U);
}

TEST(Report, ItsPartsAgree) {
    ScriptedServer server(always(ok()));
    auto trial = open_trial(server.url(), 50, 1'500ms);
    const auto report = trial.report();
    EXPECT_EQ(report.at("seconds"), 1.5);
    EXPECT_EQ(report.at("sent"), 75);
    EXPECT_EQ(report.at("answered"), 75);
    EXPECT_EQ(report.at("exhausted"), false);
    EXPECT_EQ(report.at("mix").at("only").at("answered"), 75);
    EXPECT_EQ(report.at("mix").at("only").at("latency_us"), report.at("latency_us"));
    std::uint64_t counted = 0;
    for (const auto& bucket : report.at("histogram").as_array()) counted += bucket.at(1).to_number<std::uint64_t>();
    EXPECT_EQ(counted, 75U);
    EXPECT_TRUE(report.at("unexpected").as_array().empty());
    EXPECT_GE(report.at("generator_late_us").as_int64(), 0);
    EXPECT_GT(report.at("latency_us").at("max").to_number<double>(), 0);
}

TEST(Report, ABodyThatIsNoTextIsMadeOne) {
    ScriptedServer server([](const std::string&, unsigned before) {
        if (before == 0) return status(500, "\xff\xfe raw");
        return status(500, std::string(199, 'x') + "é");  // the 200th byte cuts a letter
    });
    const auto report = closed_trial(server.url(), 1, 2).report();
    const auto& unexpected = report.at("unexpected").as_array();
    ASSERT_EQ(unexpected.size(), 2U);
    EXPECT_EQ(unexpected[0].at("body"), "?? raw");
    EXPECT_EQ(unexpected[1].at("body").as_string(), std::string(199, 'x'));
}

TEST(Report, AClosedRunThatRanOutSaysSo) {
    ScriptedServer server(always(ok()));
    const auto report = closed_trial(server.url(), 3, 30).report();
    EXPECT_EQ(report.at("exhausted"), true);
    EXPECT_EQ(report.at("connections"), 3);
    EXPECT_GT(report.at("throughput_rps").to_number<double>(), 0);
}

}  // namespace
}  // namespace safargo::load::testing
