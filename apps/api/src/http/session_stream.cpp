// How a session ends when its response is an event stream.
#include "http/event_connection.hpp"
#include "http/problem.hpp"
#include "http/session.hpp"

namespace safargo::http {

// Sends the head and leaves the connection to its stream.
Task<Session::Next> Session::stream(Response response) {
    StreamSlot slot(worker_.shared().streams);
    if (!slot) {
        const Error full{.code = Code::dependency_unavailable, .retry_after = std::chrono::seconds(10)};
        response = problem(full, exchange_.request.context);
    }
    const bool follows = slot && exchange_.request.method != Method::head;
    auto source = follows ? response.events : nullptr;
    exchange_.close = true;
    if (!co_await send(std::move(response))) co_return Next::drop;
    if (!source) co_return Next::linger;
    auto connection =
        std::make_shared<EventConnection>(worker_, EventConnection::Parts{.socket = std::move(socket_),
                                                                          .client = client_,
                                                                          .slot = std::move(slot),
                                                                          .source = std::move(source),
                                                                          .chunked = !exchange_.http_1_0});
    handed_over_ = true;
    worker_.enter(std::move(connection), entry_);
    co_return Next::drop;
}

}  // namespace safargo::http
