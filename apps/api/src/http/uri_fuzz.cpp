// Paths, queries and parsed header values: never a crash, and the output is always clean text.
// Aimed at: core/percent_encoding.cpp core/text.cpp http/client_address.cpp http/compression.cpp http/etag.cpp
// Aimed at: http/router.cpp
#include "core/percent_encoding.hpp"
#include "core/text.hpp"
#include "http/client_address.hpp"
#include "http/compression.hpp"
#include "http/etag.hpp"
#include "http/router.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo;
using namespace safargo::http;

Task<Response> nothing(Request&) {
    co_return Response{};
}

Router sample() {
    Router router;
    for (const char* pattern : {"/", "/a", "/a/{x}", "/a/b", "/a/{x}/c", "/{y}/b/{z}"}) {
        router.add({.pattern = pattern, .handler = nothing});
    }
    return router;
}

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Router router = sample();
    static const TrustedProxies proxies({"0.0.0.0/1", "::/1"});
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    for (const Plus plus : {Plus::literal, Plus::space}) {
        if (const auto decoded = percent_decode(text, plus)) require(decoded->size() <= text.size());
    }
    const Match match = router.match(Method::get, text);
    for (const auto& [name, value] : match.params.all()) {
        require(!value.empty() && value.find('/') == std::string::npos);
    }
    static_cast<void>(etag_matches(text, "\"v1\""));
    static_cast<void>(accepts_gzip(text));
    const Headers headers{{"X-Forwarded-For", std::string(text)}};
    static_cast<void>(limit_key(proxies.client(boost::asio::ip::make_address("127.0.0.1"), headers)));
    return 0;
}
