// HTTP/2 where the server offers it. The server below knows just enough of it to answer.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "testing/cancellable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace safargo::net {
namespace {

enum Kind : unsigned char { data = 0, headers = 1, reset = 3, settings = 4, ping = 6, window_update = 8 };
constexpr unsigned char end_stream = 1, acknowledge = 1, end_headers = 4;

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i));
    return text;
}

std::uint32_t number(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

std::string frame(Kind kind, unsigned char flags, std::uint32_t stream, const std::string& payload) {
    return big_endian(static_cast<std::uint32_t>(payload.size()), 3) + static_cast<char>(kind) +
           static_cast<char>(flags) + big_endian(stream, 4) + payload;
}

// Answers each request with the number of bytes in its body.
class Http2 {
public:
    static inline std::size_t seen = 0, resets = 0;
    static inline std::size_t held = 0;  // so many of the next are not answered

    explicit Http2(ServerWire& wire) : wire_(wire) {}

    Task<void> speak() {
        if ((co_await take(24)).empty()) co_return;  // the preface
        co_await wire_.write(frame(settings, 0, 0, ""));
        for (;;) {
            const std::string head = co_await take(9);
            if (head.empty()) co_return;
            const std::uint32_t size = number(std::string_view(head).substr(0, 3));
            const std::string payload = co_await take(size);
            if (payload.size() != size) co_return;
            co_await answer_frame(static_cast<Kind>(head[3]), static_cast<unsigned char>(head[4]),
                                  number(std::string_view(head).substr(5)), payload);
        }
    }

private:
    Task<std::string> take(std::size_t size) {
        while (unread_.size() < size) {
            const std::string more = co_await wire_.read();
            if (more.empty()) co_return std::string();
            unread_ += more;
        }
        const std::string taken = unread_.substr(0, size);
        unread_.erase(0, size);
        co_return taken;
    }

    Task<void> answer_frame(Kind kind, unsigned char flags, std::uint32_t stream, std::string payload) {
        const bool last = (flags & end_stream) != 0;
        if (kind == settings && (flags & acknowledge) == 0) co_await wire_.write(frame(settings, acknowledge, 0, ""));
        if (kind == ping) co_await wire_.write(frame(ping, acknowledge, 0, payload));
        if (kind == reset) ++resets;
        if (kind == headers) ++seen;
        if (kind == data) {
            received_[stream] += payload.size();
            const std::string more = big_endian(static_cast<std::uint32_t>(payload.size()), 4);
            if (!payload.empty()) {
                co_await wire_.write(frame(window_update, 0, 0, more) + frame(window_update, 0, stream, more));
            }
        }
        if ((kind == headers || kind == data) && last) co_await answer_request(stream);
    }

    Task<void> answer_request(std::uint32_t stream) {
        if (held > 0) {
            --held;
            co_return;
        }
        const std::string status_200 = "\x88";  // HPACK's static table
        co_await wire_.write(frame(headers, end_headers, stream, status_200) +
                             frame(data, end_stream, stream, std::to_string(received_[stream])));
    }

    ServerWire& wire_;
    std::string unread_;
    std::map<std::uint32_t, std::size_t> received_;
};

Task<void> speak(ServerWire& wire) {
    Http2 http2(wire);
    if (wire.protocol() == "h2") co_await http2.speak();
}

Task<void> ask(Client& client, Request request, std::string& body) {
    body = (co_await client.send(std::move(request))).body;
}

class Http2Test : public ::testing::Test {
protected:
    Http2Test() {
        server.offer_http2();
        server.play({{Speak{speak}}});
        Http2::resets = Http2::seen = Http2::held = 0;
    }

    const Authority authority;
    const Identity identity = authority.issue();
    HostileServer server{&identity};
    Client client{testing::shared_context()->get_executor(), {.ca_file = authority.file()}};
};

TEST_F(Http2Test, RequestsShareOneConnection) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(testing::run(client.send(server.get())).body, "0");
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_EQ(Http2::seen, 3U);
}

TEST_F(Http2Test, ManyAtOnceDoAsWell) {
    testing::run(client.send(server.get()));
    std::vector<std::string> bodies(10);
    std::vector<Task<void>> tasks;
    for (std::string& body : bodies) tasks.push_back(ask(client, server.post("1234"), body));
    testing::run_all(std::move(tasks));
    EXPECT_THAT(bodies, ::testing::Each("4"));
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Http2Test, ALargeBodyArrives) {
    Request request = server.get();
    request.method = "PUT";
    request.body.assign(3'000'000, 'x');
    EXPECT_EQ(testing::run(client.send(request)).body, "3000000");
}

TEST_F(Http2Test, ACancelledRequestLeavesTheOthersAlone) {
    testing::run(client.send(server.get()));
    Http2::held = 1;
    std::string left, right;
    testing::Cancellable first(ask(client, server.get(), left));
    testing::Cancellable second(ask(client, server.post("1234"), right));
    while (Http2::seen < 3) testing::turn(first, 1);
    first.cancel();
    first.wait();
    second.wait();
    EXPECT_EQ(testing::run(client.send(server.get())).body, "0");
    EXPECT_GE(Http2::resets, 1U);
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Http2Test, AConnectionThatEndsIsNoReasonToSendTwice) {
    Http2::held = 1;
    std::string body;
    testing::Cancellable task(ask(client, server.post("1234"), body));
    while (Http2::seen < 1) testing::turn(task, 1);
    server.drop();
    task.wait();
    EXPECT_EQ(Http2::seen, 1U);
    EXPECT_EQ(body, "");
}

}  // namespace
}  // namespace safargo::net
