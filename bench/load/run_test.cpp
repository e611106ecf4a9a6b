// Whole runs against a server: what is answered, and each way in which a request can fail.
#include "load/scripted_server_test.hpp"

#include <gtest/gtest.h>

namespace safargo::load::testing {
namespace {

using namespace std::chrono_literals;

const Script closing{.bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
                     .then_close = true};
const Script half{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"};

// Every second request of a connection gets `script`, the others are answered well.
ScriptedServer::Answerer every_second(Script script) {
    return [script](unsigned before) { return before % 2 == 1 ? script : ok(); };
}

TEST(ClosedLoop, AsksOneAfterTheOtherOnOneConnection) {
    ScriptedServer server(ok());
    const auto outcome = closed_trial(server, 1, 20).run();
    EXPECT_EQ(outcome.tally.sent, 20U);
    EXPECT_EQ(outcome.tally.answered(), 20U);
    EXPECT_EQ(outcome.tally.answered_in_time, 20U);
    EXPECT_EQ(outcome.tally.errors(), 0U);
    EXPECT_EQ(outcome.tally.connections_opened, 1U);
    EXPECT_TRUE(outcome.exhausted);
    EXPECT_LT(outcome.seconds, 60) << "the lines ran out";
    ASSERT_EQ(server.requests().size(), 20U);
    EXPECT_EQ(server.requests()[19], "/19 ");
}

TEST(OpenLoop, SendsWhatIsDueAndCountsNoWarmUp) {
    ScriptedServer server(ok());
    auto trial = open_trial(server, 200, 500ms);
    trial.plan.warmup = 250ms;
    const auto outcome = trial.run();
    EXPECT_EQ(outcome.tally.sent, 100U);
    EXPECT_EQ(outcome.tally.answered(), 100U);
    EXPECT_EQ(server.requests().size(), 150U) << "the warm-up was run";
    EXPECT_EQ(outcome.seconds, 0.5);
    EXPECT_GT(outcome.cpu_seconds, 0);
}

TEST(Run, BodiesReachTheServer) {
    ScriptedServer server(ok());
    auto trial = closed_trial(server, 1, 0);
    const std::string body(3'000'000, 'x');  // more than the kernel takes at once
    trial.lines =
        fmt::format(R"({{"bytes":"POST /p HTTP/1.1\r\nContent-Length: {}\r\n\r\n{}","expect":0}})", body.size(), body);
    EXPECT_EQ(trial.run().tally.answered(), 1U);
    EXPECT_EQ(server.requests(), std::vector{"/p " + body});
}

// A server that closes after each answer makes no errors, but new connections.
TEST(Run, AnswersOfEveryShapeAreRead) {
    const std::string head = "HTTP/1.1 200 OK\r\n";
    const std::string chunked = head + "Transfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\n";
    for (const auto& [script, alive] : std::vector<std::pair<Script, bool>>{
             {ok(std::string(5'000'000, 'x')), true},
             {{.bytes = chunked, .more = "0\r\nETag: x\r\n\r\n"}, true},
             {status(204), true},
             {{.bytes = "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"}, true},
             {{.bytes = head + "Content-", .more = "Length: 2\r\n\r\nhi"}, true},
             {{.bytes = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + ok().bytes}, true},
             {closing, false},
             {{.bytes = head + "Connection: x, Close\r\nContent-Length: 2\r\n\r\nhi"}, false},
             {{.bytes = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"}, false}}) {
        ScriptedServer server(script);
        const auto tally = closed_trial(server, 1, 3).run().tally;
        EXPECT_EQ(tally.answered(), 3U) << script.bytes.substr(0, 60);
        EXPECT_EQ(tally.errors(), 0U);
        EXPECT_EQ(tally.connections_opened, alive ? 1U : 3U) << script.bytes.substr(0, 60);
    }
}

TEST(Errors, AStatusThatIsNotExpectedIsOneAndIsShown) {
    ScriptedServer server(every_second(status(503, "{\"title\":\"busy é\"}")));
    const auto report = closed_trial(server, 1, 20).report();
    EXPECT_EQ(report.at("answered"), 10);
    EXPECT_EQ(report.at("errors").at("status"), 10);
    EXPECT_EQ(report.at("statuses").at("200"), 10);
    EXPECT_EQ(report.at("statuses").at("503"), 10);
    EXPECT_EQ(report.at("connections_opened"), 1);
    const auto& unexpected = report.at("unexpected").as_array();
    ASSERT_EQ(unexpected.size(), 5U) << "the first five";
    const boost::json::object second{
        {"name", "only"}, {"path", "/3"}, {"status", 503}, {"body", "{\"title\":\"busy é\"}"}};
    EXPECT_EQ(unexpected[1].as_object(), second);
}

TEST(Errors, AStatusThatIsExpectedIsNone) {
    ScriptedServer server(status(404));
    auto trial = closed_trial(server, 1, 0);
    trial.lines = R"({"bytes":"GET / HTTP/1.1\r\n\r\n","expect":404})";
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.answered(), 1U);
    EXPECT_EQ(tally.errors(), 0U);
}

// A connection that broke is not used again, and the run goes on.
TEST(Errors, WhatIsNoAnswerIsOneOfItsKind) {
    using enum Failure;
    const std::string head = "HTTP/1.1 200 OK\r\n";
    for (const auto& [kind, script] : std::vector<std::pair<Failure, Script>>{
             {protocol, {.bytes = "SSH-2.0-OpenSSH_9\r\n"}},
             {protocol, {.bytes = "HTTP/1.1 2x0 OK\r\n"}},
             {protocol, {.bytes = "HTTP/1.1 600 No\r\nContent-Length: 0\r\n\r\n"}},
             {protocol, {.bytes = "HTTP/1.1 099 No\r\nContent-Length: 0\r\n\r\n"}},
             {protocol, {.bytes = head + "Content-Length: -1\r\n\r\n"}},
             {protocol, {.bytes = head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}},
             {protocol, {.bytes = head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"}},
             {protocol, {.bytes = head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"}},
             {protocol, {.bytes = head + "\r\nuntil the end", .then_close = true}},
             {protocol, {.bytes = head + "X: " + std::string(70'000, 'x')}},
             {protocol, {.bytes = ok().bytes + ok().bytes}},
             {closed, {.bytes = "", .then_close = true}},
             {closed, {.bytes = half.bytes, .then_close = true}},
             {timeout, {.bytes = head, .then_hang = true}}}) {
        ScriptedServer server(every_second(script));
        auto trial = closed_trial(server, 1, 4);
        trial.plan.timeout = 1s;
        const auto tally = trial.run().tally;
        EXPECT_EQ(tally.answered(), 2U) << script.bytes.substr(0, 99);
        EXPECT_EQ(tally.failed(kind), 2U) << script.bytes.substr(0, 99);
        EXPECT_EQ(tally.errors(), 2U) << script.bytes.substr(0, 99);
        EXPECT_EQ(tally.connections_opened, 2U) << script.bytes.substr(0, 99);
    }
}

// All are due within a millisecond, so when the first gives up its connection, others have waited too long as well.
TEST(Errors, WhatWaitsTooLongForAConnectionIsNotSent) {
    ScriptedServer server({.bytes = "", .then_hang = true});
    auto trial = open_trial(server, 1'000'000, 1ms);
    trial.plan.max_connections = 1;
    trial.plan.timeout = 200ms;
    const auto tally = trial.run().tally;
    EXPECT_EQ(tally.sent, 1'000U);
    EXPECT_EQ(tally.failed(Failure::timeout), 1'000U);
    EXPECT_EQ(tally.connections, 1U);
    EXPECT_LT(server.requests().size(), 1'000U);
}

TEST(Errors, RefusedConnectionsAreCounted) {
    std::unique_ptr<ScriptedServer> server;
    server = std::make_unique<ScriptedServer>([&server](unsigned) {
        server->refuse_connections();
        return closing;
    });
    const auto tally = closed_trial(*server, 1, 3).run().tally;
    EXPECT_EQ(tally.answered(), 1U);
    EXPECT_EQ(tally.failed(Failure::connect), 2U);
    EXPECT_EQ(tally.errors(), 2U);
}

TEST(Run, ATargetThatCannotBeReachedIsSaidAtOnce) {
    auto server = std::make_unique<ScriptedServer>(ok());
    const auto trial = closed_trial(*server, 1, 1);
    server.reset();
    EXPECT_THROW(trial.run(), std::runtime_error);
}

TEST(Run, DroppedConnectionsAreNoErrorsAndAreReplaced) {
    ScriptedServer hanging({.bytes = half.bytes, .then_hang = true});
    auto closed = closed_trial(hanging, 4, 10'000);
    closed.plan.duration = 500ms;
    closed.plan.timeout = 1s;
    closed.plan.drops_per_second = 100;
    const auto of_closed = closed.run().tally;
    EXPECT_GT(of_closed.dropped, 0U);
    EXPECT_LE(of_closed.dropped, 50U);
    EXPECT_EQ(of_closed.errors(), of_closed.failed(Failure::timeout)) << "those that were left at the end";
    EXPECT_TRUE(adds_up(of_closed));
    EXPECT_GT(hanging.connections(), 4U);

    ScriptedServer server(ok());
    auto open = open_trial(server, 100, 500ms);
    open.plan.drops_per_second = 40;
    const auto of_open = open.run().tally;
    EXPECT_EQ(of_open.sent, 50U);
    EXPECT_EQ(of_open.errors(), 0U);
    EXPECT_TRUE(adds_up(of_open));
    EXPECT_GT(server.connections(), 1U);
}

TEST(Report, ItsPartsAgree) {
    ScriptedServer server(ok());
    const auto report = open_trial(server, 50, 1'500ms).report();
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
    ScriptedServer server([](unsigned before) {
        if (before == 0) return status(500, "\xff\xfe raw");
        return status(500, std::string(199, 'x') + "é");  // the 200th byte cuts a letter
    });
    const auto report = closed_trial(server, 1, 2).report();
    const auto& unexpected = report.at("unexpected").as_array();
    ASSERT_EQ(unexpected.size(), 2U);
    EXPECT_EQ(unexpected[0].at("body"), "?? raw");
    EXPECT_EQ(unexpected[1].at("body").as_string(), std::string(199, 'x') + "?");
}

TEST(Report, AClosedRunThatRanOutSaysSo) {
    ScriptedServer server(ok());
    const auto report = closed_trial(server, 3, 30).report();
    EXPECT_EQ(report.at("exhausted"), true);
    EXPECT_EQ(report.at("connections"), 3);
    EXPECT_GT(report.at("throughput_rps").to_number<double>(), 0);
}

}  // namespace
}  // namespace safargo::load::testing
