#include "testing/http_double.hpp"

#include "testing/run_task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cctype>
#include <list>
#include <optional>

namespace safargo::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

bool are_equal(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, {}, [](unsigned char c) { return std::tolower(c); }, [](unsigned char c) { return std::tolower(c); });
}

// The request line and the header fields.
Asked head_from(std::string_view head) {
    Asked asked;
    const std::size_t space = head.find(' '), end = head.find("\r\n");
    asked.method = head.substr(0, space);
    asked.target = head.substr(space + 1, head.find(' ', space + 1) - space - 1);
    head.remove_prefix(end + 2);
    while (!head.starts_with("\r\n")) {
        const std::size_t line_end = head.find("\r\n"), colon = head.find(": ");
        asked.headers.emplace_back(head.substr(0, colon), head.substr(colon + 2, line_end - colon - 2));
        head.remove_prefix(line_end + 2);
    }
    return asked;
}

// Nothing once the client has left.
Task<std::optional<Asked>> read_request(tcp::socket& socket, std::string& buffer) {
    const auto [failed, end] =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n", quietly);
    if (failed) co_return std::nullopt;
    Asked asked = head_from(std::string_view(buffer).substr(0, end));
    buffer.erase(0, end);
    const std::string length(asked.header("content-length"));
    const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
    if (buffer.size() < wanted) {
        const auto [broken, more] = co_await asio::async_read(socket, asio::dynamic_buffer(buffer),
                                                              asio::transfer_exactly(wanted - buffer.size()), quietly);
        if (broken) co_return std::nullopt;
    }
    asked.body = buffer.substr(0, wanted);
    buffer.erase(0, wanted);
    co_return asked;
}

std::string text_of(const Answer& answer) {
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                       " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(answer.body.size());
    for (const auto& [name, value] : answer.headers) text.append("\r\n").append(name).append(": ").append(value);
    text.append("\r\n\r\n").append(answer.body);
    if (answer.manner == Answer::Manner::torn) text.resize(text.size() - answer.body.size() / 2 - 1);
    return text;
}

Task<Answer> at_once(Answer answer) {
    co_return answer;
}

}  // namespace

std::string_view Asked::header(std::string_view name) const {
    const auto found = std::ranges::find_if(headers, [&](const auto& field) { return are_equal(field.first, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

struct HttpDouble::State : std::enable_shared_from_this<State> {
    explicit State(WaitingHandler handler)
        : answer(std::move(handler)),
          context(shared_context()),
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
            const Answer given = co_await self->answer(*request);
            if (given.manner == Answer::Manner::silent) continue;
            if (given.manner == Answer::Manner::cut) break;
            const std::string text = text_of(given);
            const auto [failed, sent] = co_await asio::async_write(socket, asio::buffer(text), quietly);
            if (failed || given.manner == Answer::Manner::torn) break;
        }
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (tcp::socket& socket : sockets) socket.close(ignored);
    }

    WaitingHandler answer;
    std::shared_ptr<asio::io_context> context;
    tcp::acceptor acceptor;
    std::uint16_t port;
    std::list<tcp::socket> sockets;
    std::vector<Asked> requests;
};

HttpDouble::HttpDouble(Handler handler)
    : HttpDouble(
          WaitingHandler([handler = std::move(handler)](const Asked& asked) { return at_once(handler(asked)); })) {}

HttpDouble::HttpDouble(WaitingHandler handler) : state_(std::make_shared<State>(std::move(handler))) {
    asio::co_spawn(*state_->context, State::accept(state_), asio::detached);
}

HttpDouble::~HttpDouble() {
    stop();
}

std::string HttpDouble::url() const {
    return "http://127.0.0.1:" + std::to_string(state_->port);
}

const std::vector<Asked>& HttpDouble::asked() const {
    return state_->requests;
}

void HttpDouble::stop() {
    state_->stop();
}

}  // namespace safargo::testing
