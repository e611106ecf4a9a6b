#include "http/request_reader.hpp"

#include "http/framing.hpp"
#include "http/host.hpp"
#include "http/request_target.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstdint>

namespace safargo::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::size_t shortest_chunk_end = 5;  // "0\r\n\r\n"; Beast 1.81 asserts if it sees less of the last chunk
constexpr std::size_t kept_bytes = 4'096;      // the most an idle connection keeps of its body and headers each

std::string_view plain(string_view text) {
    return {text.data(), text.size()};
}

// Fills our Request directly, so that fields are stored once.
class MessageParser final : public beast_http::basic_parser<true> {
public:
    MessageParser(Request& request, ReadLimits limits) : request_(request), limits_(limits) {
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(boost::none);  // accept_body sets the route's limit
    }

    std::optional<Code> failure;
    std::optional<Method> method;
    bool http_1_0 = false;
    bool expects_continue = false;
    bool request_line_seen = false;
    bool keeps_alive = false;  // from the header; trailers do not count
    std::size_t header_bytes = 0;
    FoldWatch folds;

    void drop_old_headers() { request_.headers.resize(used_); }  // fields left over from the previous message

    // Beast parses the request line once it is complete. This finds HEAD earlier, so that an early refusal also has no
    // content.
    void guess_method(std::string_view bytes) {
        if (request_line_seen || !bytes.starts_with("HEAD ")) return;
        method = request_.method = Method::head;
    }

private:
    void refuse(Code code, error_code& ec) {
        failure = code;
        ec = beast_http::error::bad_value;
    }

    void on_request_impl(beast_http::verb, string_view verb, string_view target, int version, error_code& ec) override {
        request_line_seen = true;
        http_1_0 = version == 10;
        method = http::parse_method(plain(verb));
        if (method) request_.method = *method;
        if (target.size() > limits_.target) return refuse(Code::uri_too_long, ec);
        const auto authority = read_target(plain(target), plain(verb), request_);
        // The target of an unknown method need not be a path: "CONNECT a:443".
        if (!authority) return refuse(method ? Code::malformed_request : Code::method_unknown, ec);
        authority_.assign(*authority);
    }

    void on_field_impl(beast_http::field field, string_view name, string_view value, error_code& ec) override {
        if (in_body_) return;  // a trailer must not count as a header
        if (!is_framing_sound(field, plain(value))) return refuse(Code::malformed_request, ec);
        if (field == beast_http::field::expect && !http_1_0) {
            const Expectations read = read_expectations(plain(value));
            expects_continue |= read.go_on;
            expects_more_ |= read.others;
        }
        keep_field(plain(name), plain(value));
    }

    void keep_field(std::string_view name, std::string_view value) {
        if (used_ < request_.headers.size()) {
            request_.headers[used_].first.assign(name);
            request_.headers[used_].second.assign(value);
        } else {
            request_.headers.emplace_back(name, value);
        }
        ++used_;
    }

    // The authority of an absolute target overrides the Host field (RFC 9112, 3.2.2).
    void set_host() {
        if (authority_.empty()) return;
        if (hosts_ == 0) return keep_field("Host", authority_);
        for (auto& [name, value] : request_.headers) {
            if (equal_ignoring_case(name, "Host")) value = authority_;
        }
    }

    // Stricter than Beast where two parsers might disagree about a message's length.
    bool is_framing_sound(beast_http::field field, std::string_view value) {
        switch (field) {
            case beast_http::field::host:
                return ++hosts_ == 1 && is_host(value);
            case beast_http::field::content_length:
                return ++lengths_ == 1 && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
            case beast_http::field::transfer_encoding:
                return !http_1_0 && equal_ignoring_case(value, "chunked");
            default:
                return true;
        }
    }

    void on_header_impl(error_code& ec) override {
        in_body_ = true;
        drop_old_headers();
        if (hosts_ == 0 && !http_1_0) return refuse(Code::malformed_request, ec);
        if (expects_more_) return refuse(Code::expectation_failed, ec);
        set_host();
        keeps_alive = keep_alive();
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) request_.body.reserve(static_cast<std::size_t>(*length));
    }
    std::size_t on_body_impl(string_view bytes, error_code&) override {
        request_.body.append(plain(bytes));
        return bytes.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code&) override {
        request_.body.append(plain(bytes));
        return bytes.size();
    }
    // Beast accepts anything in quotes. Extensions larger than the chunks themselves are refused as well.
    void on_chunk_header_impl(std::uint64_t, string_view extension, error_code& ec) override {
        extension_bytes_ += extension.size();
        const bool sound = is_field_text(plain(extension)) && extension_bytes_ <= limits_.header_bytes;
        if (!sound) refuse(Code::malformed_request, ec);
    }
    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, string_view, int, error_code&) override {}

    Request& request_;
    ReadLimits limits_;
    std::string authority_;
    std::size_t used_ = 0;
    std::size_t extension_bytes_ = 0;
    int hosts_ = 0;
    int lengths_ = 0;
    bool in_body_ = false;
    bool expects_more_ = false;
};

}  // namespace

class RequestReader::Parser {
public:
    explicit Parser(ReadLimits limits) : limits_(limits) {}

    ReadLimits limits_;
    std::optional<MessageParser> message;
    State state = State::header;
    Code failure = Code::malformed_request;

    void fail(Code code) {
        failure = code;
        if (state == State::header) message->drop_old_headers();
        state = State::failed;
    }

    // A chunked body always has an end to come, so waiting for its shortest form delays nothing.
    bool waits_for_chunk_end(std::size_t offered) const {
        return state == State::body && message->chunked() && offered < shortest_chunk_end;
    }

    std::size_t feed(std::string_view bytes) {
        error_code ec;
        if (state == State::header) message->guess_method(bytes);
        const std::size_t used = message->put({bytes.data(), bytes.size()}, ec);
        if (state == State::header) message->header_bytes += used;
        if (ec && ec != beast_http::error::need_more) {
            fail(code_of(ec, bytes));
        } else if (state == State::header && message->folds.sees(bytes.substr(0, used))) {
            fail(Code::malformed_request);
        } else if (state == State::header && message->header_bytes > limits_.header_bytes) {
            fail(Code::headers_too_large);  // Beast limits each part, not their sum
        } else if (message->is_done()) {
            state = state == State::header ? State::header_done : State::complete;
        } else if (state == State::header && message->is_header_done()) {
            state = State::header_done;
        }
        return used;
    }

    Code code_of(error_code ec, std::string_view bytes) const {
        if (message->failure) return *message->failure;
        if (ec == beast_http::error::body_limit) return Code::payload_too_large;
        if (ec != beast_http::error::header_limit) return Code::malformed_request;
        // When fed piecewise, Beast parses the request line only with the whole header.
        if (message->request_line_seen || bytes.contains('\n')) return Code::headers_too_large;
        return bytes.contains(' ') ? Code::uri_too_long : Code::method_unknown;
    }
};

RequestReader::RequestReader(ReadLimits limits) : parser_(std::make_unique<Parser>(limits)) {}
RequestReader::~RequestReader() = default;

void RequestReader::begin(Request& request) {
    request.method = Method::get;
    request.path.clear();
    request.query.clear();
    request.body.clear();
    request.params.clear();
    parser_->message.emplace(request, parser_->limits_);
    parser_->state = State::header;
}

void RequestReader::release(Request& request) {
    if (request.body.capacity() > kept_bytes) std::string().swap(request.body);
    if (request.path.capacity() > kept_bytes) std::string().swap(request.path);
    if (request.query.capacity() > kept_bytes) std::string().swap(request.query);
    std::size_t headers = 0;
    for (const auto& [name, value] : request.headers) headers += name.capacity() + value.capacity();
    if (headers > kept_bytes) Headers().swap(request.headers);
}

std::size_t RequestReader::feed(std::string_view bytes) {
    std::size_t used = 0;
    if (parser_->state == State::header && !started()) {  // empty lines before a request are ignored (RFC 9112, 2.2)
        while (bytes.substr(used).starts_with("\r\n")) used += 2;
        if (bytes.substr(used) == "\r") return used;
    }
    while (used < bytes.size() && (parser_->state == State::header || parser_->state == State::body)) {
        if (parser_->waits_for_chunk_end(bytes.size() - used)) break;
        const std::size_t taken = parser_->feed(bytes.substr(used));
        used += taken;
        if (taken == 0) break;
    }
    return used;
}

void RequestReader::accept_body(std::size_t max_body) {
    MessageParser& message = *parser_->message;
    if (message.is_done()) {
        parser_->state = State::complete;
        return;
    }
    message.eager(true);
    message.body_limit(max_body);
    if (message.content_length().value_or(0) > max_body) return parser_->fail(Code::payload_too_large);
    parser_->state = State::body;
}

void RequestReader::fail(Code code) {
    parser_->fail(code);
}

RequestReader::State RequestReader::state() const {
    return parser_->state;
}
Code RequestReader::failure() const {
    return parser_->failure;
}
bool RequestReader::started() const {
    return parser_->message && parser_->message->got_some();
}
std::optional<Method> RequestReader::method() const {
    return parser_->message->method;
}
bool RequestReader::keep_alive() const {
    return parser_->message->keeps_alive;
}
bool RequestReader::http_1_0() const {
    return parser_->message->http_1_0;
}
bool RequestReader::has_body() const {
    return !parser_->message->is_done();
}
bool RequestReader::expects_continue() const {
    return parser_->message->expects_continue;
}

}  // namespace safargo::http
