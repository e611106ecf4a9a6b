#include "testing/fake_redis.hpp"

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace safargo::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto use_result = asio::as_tuple(asio::use_awaitable);

// "*2\r\n$3\r\nGET\r\n…", which a client of ours wrote: complete, or nothing yet.
std::optional<FakeRedis::Words> take_command(std::string& bytes) {
    std::size_t at = 0;
    const auto number = [&]() -> std::optional<std::size_t> {
        const std::size_t end = bytes.find("\r\n", at);
        if (end == std::string::npos) return std::nullopt;
        const std::size_t value = std::stoul(bytes.substr(at + 1, end - at - 1));
        at = end + 2;
        return value;
    };
    const auto count = number();
    if (!count) return std::nullopt;
    FakeRedis::Words words;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto size = number();
        if (!size || bytes.size() < at + *size + 2) return std::nullopt;
        words.push_back(bytes.substr(at, *size));
        at += *size + 2;
    }
    bytes.erase(0, at);
    return words;
}

}  // namespace

struct FakeRedis::State : std::enable_shared_from_this<State> {
    explicit State(Talk client_talk) : context(shared_context()), acceptor(*context), talk(std::move(client_talk)) {}

    class Socket;

    void listen() {
        acceptor.open(tcp::v4());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind({asio::ip::address_v4::loopback(), port});
        acceptor.listen();
        port = acceptor.local_endpoint().port();
        asio::co_spawn(*context, accept_all(shared_from_this()), asio::detached);
    }
    static Task<void> accept_all(std::shared_ptr<State> self);
    static Task<void> serve(std::shared_ptr<State> self, std::shared_ptr<Socket> socket);
    void hang_up();

    std::shared_ptr<asio::io_context> context;
    tcp::acceptor acceptor;
    Talk talk;
    std::uint16_t port = 0;
    std::size_t accepted = 0;
    std::set<std::shared_ptr<Socket>> open;
    std::vector<Words> heard;
};

class FakeRedis::State::Socket final : public Peer {
public:
    Socket(std::shared_ptr<State> state, tcp::socket socket) : state_(state), socket_(std::move(socket)) {}

    Task<std::optional<Words>> command() override {
        for (;;) {
            if (auto words = take_command(bytes_)) {
                const auto state = state_.lock();
                if (state && words->front() != "PING") state->heard.push_back(*words);
                co_return words;
            }
            std::array<char, 16'384> buffer{};
            const auto [failed, size] = co_await socket_.async_read_some(asio::buffer(buffer), use_result);
            if (failed) co_return std::nullopt;
            bytes_.append(buffer.data(), size);
        }
    }
    Task<bool> say(std::string bytes) override {
        const auto [failed, size] = co_await asio::async_write(socket_, asio::buffer(bytes), use_result);
        co_return !failed;
    }
    void hang_up() override {
        error_code ignored;
        socket_.close(ignored);
    }

private:
    std::weak_ptr<State> state_;
    tcp::socket socket_;
    std::string bytes_;
};

Task<void> FakeRedis::State::accept_all(std::shared_ptr<State> self) {
    for (;;) {
        auto [failed, socket] = co_await self->acceptor.async_accept(use_result);
        if (failed) co_return;
        ++self->accepted;
        const auto peer = std::make_shared<Socket>(self, std::move(socket));
        self->open.insert(peer);
        asio::co_spawn(*self->context, serve(self, peer), asio::detached);
    }
}

Task<void> FakeRedis::State::serve(std::shared_ptr<State> self, std::shared_ptr<Socket> socket) {
    co_await self->talk(socket);
    socket->hang_up();
    self->open.erase(socket);
}

void FakeRedis::State::hang_up() {
    for (const auto& socket : open) socket->hang_up();
}

namespace {

Task<void> answer_all(FakeRedis::Answer answer, std::shared_ptr<FakeRedis::Peer> peer) {
    bool silent = false;
    while (const auto command = co_await peer->command()) {
        if (silent) continue;
        const std::string bytes = answer(*command);
        silent = bytes.empty();
        if (!silent && !co_await peer->say(bytes)) co_return;
    }
}

}  // namespace

FakeRedis::FakeRedis(Talk talk) : state_(std::make_shared<State>(std::move(talk))) {
    state_->listen();
}

FakeRedis::FakeRedis(Answer answer)
    : FakeRedis(Talk([answer = std::move(answer)](std::shared_ptr<Peer> peer) { return answer_all(answer, peer); })) {}

FakeRedis::~FakeRedis() {
    stop();
}

std::uint16_t FakeRedis::port() const {
    return state_->port;
}

std::size_t FakeRedis::connections() const {
    return state_->accepted;
}

std::size_t FakeRedis::open() const {
    return state_->open.size();
}

const std::vector<FakeRedis::Words>& FakeRedis::heard() const {
    return state_->heard;
}

std::size_t FakeRedis::count(const std::string& word) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(state_->heard, [&](const Words& words) { return words.front() == word; }));
}

void FakeRedis::hang_up() {
    state_->hang_up();
}

void FakeRedis::stop() {
    error_code ignored;
    state_->acceptor.close(ignored);
    state_->hang_up();
}

void FakeRedis::restart() {
    state_->listen();
}

std::string bulk(const std::string& text) {
    return fmt::format("${}\r\n{}\r\n", text.size(), text);
}

std::string slots_reply(const std::vector<FakeSlots>& ranges) {
    std::string reply = fmt::format("*{}\r\n", ranges.size());
    const auto add_node = [&reply](const std::string& host, std::uint16_t port) {
        reply += fmt::format("*3\r\n{}:{}\r\n{}", bulk(host), port, bulk("id"));
    };
    for (const FakeSlots& range : ranges) {
        reply += fmt::format("*{}\r\n:{}\r\n:{}\r\n", 3 + range.replicas.size(), range.first, range.last);
        add_node(range.host, range.port);
        for (const std::uint16_t replica : range.replicas) add_node(range.host, replica);
    }
    return reply;
}

}  // namespace safargo::testing
