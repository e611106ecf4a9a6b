// Event streams: how they begin, what they outlive, and everything that ends them.
#include "http/sample_server_test.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace safargo::http::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view heartbeat = ": heartbeat\n\n";

struct Opened {
    Client client;
    Answer answer;
};

Opened open(const SampleServer& sample, std::string_view request = get("/events")) {
    Client client = sample.connect();
    Answer answer = client.ask(request);
    return {std::move(client), std::move(answer)};
}

// The events of the chunks up to the last one; heartbeats are left out.
std::string rest_of(Client& client) {
    std::string text;
    for (std::string chunk = client.read_chunk(); !chunk.empty(); chunk = client.read_chunk()) {
        if (chunk != heartbeat) text += chunk;
    }
    return text;
}

TEST(Streams, BeginWithAHeadOfTheirOwn) {
    SampleServer sample;
    const Opened stream = open(sample, get("/events", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1\"\r\n"));
    EXPECT_EQ(stream.answer.status, 200) << "there is no saying that a stream has not changed";
    EXPECT_EQ(stream.answer.header("Content-Type"), "text/event-stream");
    EXPECT_EQ(stream.answer.header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(stream.answer.header("X-Accel-Buffering"), "no");
    EXPECT_EQ(stream.answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(stream.answer.count("Content-Length"), 0U);
    EXPECT_EQ(stream.answer.count("Content-Encoding"), 0U);
    EXPECT_TRUE(stream.answer.closes());
    EXPECT_EQ(open(sample, get("/hello")).answer.header("X-Accel-Buffering"), "");
}

TEST(Streams, EventsComeInTheOrderSentInAChunkEach) {
    SampleServer sample;
    Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    sample.stage->send("one");
    EXPECT_EQ(stream.client.read_chunk(), "event: news\ndata: one\n\n");
    sample.stage->send("two");
    sample.stage->send("three");
    sample.stage->end();
    EXPECT_EQ(rest_of(stream.client), "event: news\ndata: two\n\nevent: news\ndata: three\n\n");
    EXPECT_TRUE(stream.client.closed());
    sample.wait_for_connections(0);
    sample.stage->wait_for(1, 1);
}

TEST(Streams, Http10HasNoChunks) {
    SampleServer sample;
    Opened stream = open(sample, "GET /events HTTP/1.0\r\n\r\n");
    EXPECT_EQ(stream.answer.count("Transfer-Encoding"), 0U);
    sample.stage->wait_for(1, 0);
    sample.stage->send("one");
    sample.stage->end();
    EXPECT_EQ(stream.client.read_to_end(), "event: news\ndata: one\n\n");
}

TEST(Streams, HeadGetsTheHeadAndOpensNothing) {
    SampleServer sample;
    Opened stream = open(sample, "HEAD /events HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(stream.answer.status, 200);
    EXPECT_EQ(stream.answer.header("Content-Type"), "text/event-stream");
    EXPECT_TRUE(stream.client.closed());
    sample.wait_for_connections(0);
    sample.stage->wait_for(0, 0);
    EXPECT_EQ(sample.stage->made(), 1);
    EXPECT_EQ(sample.stage->destroyed(), 1);
}

TEST(Streams, OutliveEveryDeadlineOfRequestsAndSayThatTheyLive) {
    SampleServer sample(
        {.timeouts = {.idle = 20ms, .header = 20ms, .body = 20ms, .handler = 20ms, .write = 20ms}, .heartbeat = 30ms});
    Opened stream = open(sample);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(stream.client.read_chunk(), heartbeat);
    sample.stage->send("still here");
    std::string chunk = stream.client.read_chunk();
    while (chunk == heartbeat) chunk = stream.client.read_chunk();
    EXPECT_EQ(chunk, "event: news\ndata: still here\n\n");
}

TEST(Streams, EndWhenTheirTimeIsOver) {
    SampleServer sample({.timeouts = {.idle = 20ms}});  // so that time is looked at often
    Opened stream = open(sample, get("/events/50"));
    EXPECT_EQ(rest_of(stream.client), "");
    EXPECT_TRUE(stream.client.closed());
}

TEST(Streams, AClientThatGoesIsNoticedWithoutAWrite) {
    SampleServer sample;
    {
        const Opened stream = open(sample);
        sample.stage->wait_for(1, 0);
    }
    sample.stage->wait_for(1, 1);
    sample.wait_for_connections(0);
}

TEST(Streams, AClientThatClosesOnlyItsSideIsGone) {
    SampleServer sample;
    Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    stream.client.finish_sending();
    sample.stage->wait_for(1, 1);
}

TEST(Streams, WhatAClientStillSaysIsIgnoredUpToALimit) {
    SampleServer sample;
    Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    stream.client.send(get("/hello"));
    sample.stage->send("one");
    EXPECT_EQ(stream.client.read_chunk(), "event: news\ndata: one\n\n");
    stream.client.try_send(std::string(100'000, 'x'));
    sample.stage->wait_for(1, 1);
}

// More than the kernel holds for both sides.
constexpr std::size_t far_too_much = 30'000'000;

TEST(Streams, AClientThatDoesNotReadIsDropped) {
    SampleServer sample({.timeouts = {.idle = 20ms, .write = 100ms}});
    const Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    sample.stage->send_when_ready(far_too_much);
    sample.stage->wait_for(1, 1);
    sample.wait_for_connections(0);
}

TEST(Streams, HoldOnlySoMuchForASourceThatDoesNotWait) {
    SampleServer sample;
    const Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    for (std::size_t sent = 0; sent < far_too_much; sent += 1'000'000) sample.stage->send(std::string(1'000'000, 'x'));
    sample.stage->wait_for(1, 1);
}

TEST(Streams, ASlowClientThatReadsGetsEverything) {
    SampleServer sample;
    Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    sample.stage->send_when_ready(3'000'000);
    std::size_t received = 0;
    while (received < 3'000'000) {
        std::string chunk = stream.client.read_chunk();
        EXPECT_LT(chunk.size(), 20'000U);
        received += static_cast<std::size_t>(std::ranges::count(chunk, 'x'));
    }
    EXPECT_EQ(received, 3'000'000U);
}

TEST(Streams, HaveALimitForTheProcess) {
    SampleServer sample({.max_streams = 2});
    std::vector<Opened> streams;
    for (int i = 0; i < 2; ++i) streams.push_back(open(sample));
    sample.stage->wait_for(2, 0);
    const Opened refused = open(sample);
    EXPECT_EQ(refused.answer.status, 503);
    EXPECT_EQ(refused.answer.header("Retry-After"), "10");
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    streams.pop_back();
    sample.stage->wait_for(2, 1);
    EXPECT_EQ(open(sample).answer.status, 200);
}

TEST(Streams, LeaveConnectionsForRequests) {
    SampleServer sample({.max_connections = 4});
    std::vector<Opened> streams;
    for (int i = 0; i < 3; ++i) streams.push_back(open(sample));
    sample.stage->wait_for(3, 0);
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    sample.wait_for_connections(3);
    EXPECT_EQ(open(sample).answer.status, 503);
    sample.wait_for_connections(3);
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
}

TEST(Streams, CountAmongTheConnectionsOfTheirClient) {
    SampleServer sample({.max_connections_per_client = 2});
    const Opened one = open(sample), two = open(sample);
    sample.stage->wait_for(2, 0);
    EXPECT_EQ(sample.ask(get("/hello")).status, 429);
}

TEST(Streams, DrainTellsTheirClientsWhenToComeBack) {
    SampleServer sample({.threads = 2, .drain_delay = 1ms});
    std::vector<Opened> streams;
    for (int i = 0; i < 10; ++i) streams.push_back(open(sample));
    sample.stage->wait_for(10, 0);
    std::jthread draining([&] { sample.server.drain(); });
    for (Opened& stream : streams) {
        const std::string last = rest_of(stream.client);
        ASSERT_TRUE(last.starts_with("retry: ")) << last;
        const int delay = std::stoi(last.substr(7));
        EXPECT_GE(delay, 1'000);
        EXPECT_LT(delay, 5'000);
        EXPECT_TRUE(stream.client.closed());
    }
    streams.clear();
    draining.join();
    EXPECT_EQ(sample.server.connections(), 0U);
    sample.stage->wait_for(10, 10);
}

// Until then the port is served, and a load balancer that has not noticed may still send a client.
TEST(Streams, OneOpenedDuringTheDelayOfADrainEndsWithIt) {
    SampleServer sample({.drain_delay = 300ms});
    std::jthread draining([&] { sample.server.drain(); });
    while (sample.readiness.phase() != Readiness::Phase::draining) std::this_thread::yield();
    Opened stream = open(sample);
    EXPECT_EQ(stream.answer.status, 200);
    EXPECT_TRUE(rest_of(stream.client).starts_with("retry: "));
}

TEST(Streams, AClientThatDoesNotReadDoesNotHoldUpADrain) {
    SampleServer sample({.timeouts = {.idle = 20ms, .write = 100ms}, .drain_delay = 1ms, .drain_limit = 1h});
    const Opened stream = open(sample);
    sample.stage->wait_for(1, 0);
    sample.stage->send_when_ready(far_too_much);
    sample.server.drain();
    sample.stage->wait_for(1, 1);
}

TEST(Streams, StoppingTheServerEndsThemAndTheirSourcesFirst) {
    for (const unsigned threads : {1U, 2U}) {
        std::vector<Opened> streams;
        SampleServer sample({.threads = threads});
        for (int i = 0; i < 8; ++i) streams.push_back(open(sample));
        sample.stage->wait_for(8, 0);
        sample.stage->send("news");  // some are writing
        sample.server.stop();
        sample.stage->wait_for(8, 8);
        EXPECT_EQ(sample.server.connections(), 0U);
    }
}

}  // namespace
}  // namespace safargo::http::testing
