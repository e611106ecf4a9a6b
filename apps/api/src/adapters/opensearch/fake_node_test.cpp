#include "adapters/opensearch/fake_node_test.hpp"

#include "testing/run_task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <list>
#include <optional>

namespace safargo::opensearch {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

std::string header_of(std::string_view head, std::string_view name) {
    const std::size_t at = head.find(name);
    if (at == head.npos) return {};
    const std::size_t begin = at + name.size();
    return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

// Nothing once the client has left.
Task<std::optional<Seen>> read_request(tcp::socket& socket, std::string& buffer) {
    const auto [failed, end] =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n", quietly);
    if (failed) co_return std::nullopt;
    const std::string head = buffer.substr(0, end);
    buffer.erase(0, end);
    const std::string length = header_of(head, "Content-Length: ");
    const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
    if (buffer.size() < wanted) {
        const auto [broken, more] = co_await asio::async_read(socket, asio::dynamic_buffer(buffer),
                                                              asio::transfer_exactly(wanted - buffer.size()), quietly);
        if (broken) co_return std::nullopt;
    }
    const std::size_t space = head.find(' ');
    Seen seen{.method = head.substr(0, space),
              .target = head.substr(space + 1, head.find(' ', space + 1) - space - 1),
              .authorization = header_of(head, "Authorization: "),
              .body = buffer.substr(0, wanted)};
    buffer.erase(0, wanted);
    co_return seen;
}

std::string text_of(const Reply& reply) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) +
                       " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(reply.body.size()) +
                       "\r\n\r\n" + reply.body;
    if (reply.manner == Manner::torn) text.resize(text.size() - reply.body.size() / 2 - 1);
    return text;
}

}  // namespace

struct FakeNode::State : std::enable_shared_from_this<State> {
    explicit State(Handler handler)
        : answer(std::move(handler)),
          context(testing::shared_context()),
          acceptor(*context, tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0)),
          port(acceptor.local_endpoint().port()) {}

    static Task<void> accept(std::shared_ptr<State> self) {
        for (;;) {
            auto [failed, socket] = co_await self->acceptor.async_accept(quietly);
            if (failed) co_return;
            self->sockets.push_back(std::move(socket));
            asio::co_spawn(*self->context, serve(self, self->sockets.back()), asio::detached);
        }
    }

    static Task<void> serve(std::shared_ptr<State> self, tcp::socket& socket) {
        std::string buffer;
        while (auto request = co_await read_request(socket, buffer)) {
            self->requests.push_back(*request);
            const Reply reply = co_await self->answer(*request);
            if (reply.manner == Manner::silent) continue;
            const std::string text = text_of(reply);
            const auto [failed, sent] = co_await asio::async_write(socket, asio::buffer(text), quietly);
            if (failed || reply.manner == Manner::torn) break;
        }
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (tcp::socket& socket : sockets) socket.close(ignored);
    }

    Handler answer;
    std::shared_ptr<asio::io_context> context;
    tcp::acceptor acceptor;
    std::uint16_t port;
    std::list<tcp::socket> sockets;
    std::vector<Seen> requests;
};

namespace {

Task<Reply> the_same(Reply reply) {
    co_return reply;
}

}  // namespace

FakeNode::Handler always(Reply reply) {
    return [reply](Seen) { return the_same(reply); };
}

FakeNode::FakeNode(Handler handler) : state_(std::make_shared<State>(std::move(handler))) {
    asio::co_spawn(*state_->context, State::accept(state_), asio::detached);
}

FakeNode::~FakeNode() {
    stop();
}

std::string FakeNode::url(const std::string& user_info) const {
    const std::string user = user_info.empty() ? "" : user_info + '@';
    return "http://" + user + "127.0.0.1:" + std::to_string(state_->port);
}

const std::vector<Seen>& FakeNode::seen() const {
    return state_->requests;
}

void FakeNode::stop() {
    state_->stop();
}

}  // namespace safargo::opensearch
