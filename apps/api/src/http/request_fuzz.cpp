// Any bytes, fed in any pieces, as a connection would: never a crash, and the same outcome however they are cut.
// Aimed at: http/identity.cpp http/request_reader.cpp http/request_target.cpp
#include "http/identity.hpp"
#include "http/request_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace safargo::http;
using State = RequestReader::State;

struct Outcome {
    std::string body, path, query;
    Headers headers;
    bool complete = false;
    bool operator==(const Outcome&) const = default;
};

// What the session does with what it reads: at most as many bytes wait as its buffer holds.
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
