// Routes that answer with an event stream: their input, their response and how the contract shows them.
#include "api/notebook_world_test.hpp"
#include "api/openapi.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace safargo::api {
namespace {

namespace json = boost::json;
using Row = std::pair<http::Headers, std::string>;

std::string last_event(const http::Headers& headers) {
    http::Request request;
    request.headers = headers;
    const auto read = read_last_event_id(request);
    if (!read) return std::string(info(read.error().code).name) + " " + read.error().fields.at(0).field;
    return read->value ? std::to_string(*read->value) : "none";
}

TEST(LastEventIdHeader, IsOneWholeNumber) {
    const Row rows[] = {
        {{}, "none"},
        {{{"Last-Event-ID", ""}}, "none"},
        {{{"Last-Event-ID", "0"}}, "0"},
        {{{"last-event-id", "42"}}, "42"},
        {{{"Last-Event-ID", "9223372036854775807"}}, "9223372036854775807"},
    };
    for (const auto& [headers, expected] : rows) EXPECT_EQ(last_event(headers), expected);
    for (const char* wrong : {"-1", "+1", "x", "1x", "1 2", "1,2", "0x10", "1.5", "9223372036854775808", "١"}) {
        EXPECT_EQ(last_event({{"Last-Event-ID", wrong}}), "malformed_request Last-Event-ID") << wrong;
    }
    EXPECT_EQ(last_event({{"Last-Event-ID", "1"}, {"Last-Event-ID", "2"}}), "malformed_request Last-Event-ID");
}

struct Murmur {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Murmur, (), (word))

class Silence final : public http::EventSource {
public:
    void open(http::EventSink&) override {}
    void ready() override {}
    std::chrono::steady_clock::time_point ends_at() const override { return {}; }
};

class EventStreamTest : public ::testing::Test {
protected:
    EventStreamTest() {
        server.endpoints.get("/murmurs", "Follow what is murmured")
            .streams<Murmur>()
            .handle([this](const Caller&, const LastEventId& last) { return follow(last); });
    }
    Task<Result<EventStream<Murmur>>> follow(LastEventId last) {
        if (last.value == 13) co_return fail(Code::rate_limited);
        given = last.value;
        co_return EventStream<Murmur>{source};
    }

    testing::NotebookServer server;
    std::shared_ptr<http::EventSource> source = std::make_shared<Silence>();
    std::optional<std::int64_t> given;
};

TEST_F(EventStreamTest, TheHandlersSourceIsTheResponse) {
    const auto response = server.ask({.path = "/murmurs", .token = "user", .headers = {{"Last-Event-ID", "7"}}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.events, source);
    EXPECT_EQ(given, 7);
}

TEST_F(EventStreamTest, ARefusalIsAnOrdinaryProblem) {
    const auto ask = [this](std::string last, std::string token) {
        return server.ask({.path = "/murmurs", .token = token, .headers = {{"Last-Event-ID", last}}});
    };
    EXPECT_EQ(ask("", "").status, 401);
    EXPECT_EQ(ask("x", "user").status, 400);
    EXPECT_EQ(ask("13", "user").status, 429);
    EXPECT_EQ(ask("x", "user").events, nullptr);
}

TEST_F(EventStreamTest, TheContractShowsItsTypeItsHeaderAndWhatItsEventsCarry) {
    const json::value document = json::parse(openapi_document(server.endpoints, "1.2.3"));
    const json::object& get = document.at("paths").at("/murmurs").at("get").as_object();
    EXPECT_EQ(json::serialize(get.at("parameters")), R"([{"name":"Last-Event-ID","in":"header","required":false,)"
                                                     R"("schema":{"type":"string","pattern":"^[0-9]{1,19}$"}}])");
    const json::object& answer = get.at("responses").at("200").as_object();
    EXPECT_EQ(json::serialize(answer.at("content")), R"({"text/event-stream":{"schema":{"type":"string"}}})");
    EXPECT_EQ(json::serialize(answer.at("x-event-data")), R"({"$ref":"#/components/schemas/Murmur"})");
    EXPECT_TRUE(document.at("components").at("schemas").as_object().contains("Murmur"));
}

}  // namespace
}  // namespace safargo::api
