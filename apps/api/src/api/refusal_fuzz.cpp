// Any bytes in any part of a request: the error response is short valid UTF-8.
// Aimed at: contract/errors.cpp contract/field_path.cpp contract/json_reader.cpp contract/query.cpp
#include "api/admission.hpp"
#include "api/cursor.hpp"
#include "api/idempotency.hpp"
#include "contract/canonical.hpp"
#include "contract/json.hpp"
#include "contract/query.hpp"
#include "http/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo;

enum class Kind { one, two };
BOOST_DESCRIBE_ENUM(Kind, one, two)

struct Inner {
    Bounded<1, 8> seats;
    Line<20> label;
    Kind kind;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (seats, label, kind))

struct Body {
    TripId trip;
    contract::List<Inner, 1, 100> items;
    contract::Patch<std::optional<Text<10>>> note;
};
BOOST_DESCRIBE_STRUCT(Body, (), (trip, items, note))

struct Query {
    LatLng from;
    std::optional<LocalDate> date;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(Query, (), (from, date, cursor))

constexpr std::size_t most = 16'000;

template <class T>
void check(const Result<T>& result) {
    if (result) return;
    for (const Language language : {Language::fr, Language::ar, Language::en}) {
        RequestContext context;
        context.language = language;
        const std::string body = http::problem(result.error(), context).body;
        if (body.size() > most || !is_valid_utf8(body) || !contract::read_json(body)) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const api::Operation action{
        .method = http::Method::post, .path = "/x", .summary = "", .tag = "x", .idempotent = true};
    static const api::CursorSigner signer("fuzzing-secret-of-thirty-two-bytes!!");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check(contract::parse_json<Body>(text));
    check(contract::parse_query<Query>(text));
    check(signer.open("query", text));
    if (const auto node = contract::read_json(text)) static_cast<void>(contract::canonical_text(*node));

    http::Request request;
    request.body = text;
    for (const char* header : {"If-Match", "Last-Event-ID", "Idempotency-Key", "Content-Type"})
        request.headers.emplace_back(header, text);
    check(api::no_body(request));
    check(api::read_if_match(request));
    check(api::read_last_event_id(request));
    request.context.caller.emplace();
    check(api::read_idempotency_key(action, request));
    request.headers.back().second = "application/json";
    check(api::no_body(request));
    return 0;
}
