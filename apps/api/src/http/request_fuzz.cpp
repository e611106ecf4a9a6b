// Any bytes, split anywhere, as a connection might deliver them: never a crash, and the same outcome for every split.
// An error response is below 16 kB, and one to HEAD has no content.
// Aimed at: http/framing.cpp http/host.cpp http/identity.cpp http/request_reader.cpp http/request_target.cpp
#include "http/answer_writer.hpp"
#include "http/dispatcher.hpp"
#include "http/problem.hpp"
#include "http/request_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

namespace {

using namespace safargo;
using namespace safargo::http;
using State = RequestReader::State;

struct Outcome {
    std::string body, path, query;
    Headers headers;
    bool complete = false;
    bool operator==(const Outcome&) const = default;
};

Task<Response> nothing(Request&) {
    co_return Response{};
}

ThreadApp sample_app() {
    ThreadApp app;
    app.router.add({.pattern = "/a", .handler = nothing, .needs_login = true});
    app.router.add({.method = Method::post, .pattern = "/a/{x}", .handler = nothing});
    return app;
}

// Answers as the session does when no handler is needed.
void check_refusal(const Request& request, const RequestReader& reader) {
    static const ServerOptions options;
    static const TrustedProxies proxies({"127.0.0.1"});
    static const ThreadApp app = sample_app();
    static const Cors cors({"https://safargo.com"});
    static Dispatcher dispatcher(options, proxies, app);
    static AnswerWriter writer(cors, options.gzip_min);
    Exchange exchange;
    exchange.request = request;
    exchange.method = reader.method();
    dispatcher.identify(exchange, boost::asio::ip::make_address("127.0.0.1"));
    const bool readable = reader.state() != State::failed;
    if (readable) dispatcher.route(exchange);
    auto answer = readable ? dispatcher.answer_early(exchange)
                           : std::optional(problem({.code = reader.failure()}, exchange.request.context));
    if (!answer) return;
    std::string head;
    writer.finish(exchange, *answer, head);
    if (head.size() + answer->body.size() > 16'000) std::abort();
    if (request.method == Method::head && !answer->body.empty()) std::abort();
}

// Reads as the session does: at most a buffer full of bytes waits.
Outcome read(std::string_view bytes, std::size_t piece) {
    Request request;
    RequestReader reader({.header_bytes = 512, .target = 64});
    reader.begin(request);
    std::string pending;
    while (!bytes.empty() && reader.state() != State::failed && reader.state() != State::complete) {
        pending += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        pending.erase(0, reader.feed(pending));
        if (reader.state() == State::header_done) {
            reader.accept_body(128);
            pending.erase(0, reader.feed(pending));
        }
    }
    if (reader.state() == State::failed || reader.state() == State::complete) check_refusal(request, reader);
    if (reader.state() != State::complete) return {};
    if (request.body.size() > 128 || request.path.empty()) std::abort();
    return {request.body, request.path, request.query, request.headers, true};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const Outcome whole = read(bytes, std::string::npos);
    if (read(bytes, 1) != whole || read(bytes, data[0] % 31U + 2) != whole) std::abort();
    for (const auto& [name, value] : whole.headers) static_cast<void>(trace_id_of(value));
    return 0;
}
