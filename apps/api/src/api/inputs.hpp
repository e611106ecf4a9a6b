// Inputs that a handler can request by parameter type, and how they are taken from the request.
#pragma once

#include "core/caller.hpp"
#include "core/request_context.hpp"
#include "db/transaction.hpp"
#include "http/message.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace safargo::api {

// The versions an edit may be based on ("11.…", "12.…" of If-Match); a missing header is 428 before the handler runs.
struct IfMatch {
    std::optional<std::vector<std::int64_t>> versions;  // none for "*": any version

    static IfMatch any() { return {}; }
    bool matches(std::int64_t current) const { return !versions || std::ranges::count(*versions, current) > 0; }
};

// The event after which a stream goes on; none: from now on.
struct LastEventId {
    std::optional<std::int64_t> value;
};

struct None {};

// A body that the handler reads by itself from the http::Request, byte for byte: a webhook's signature covers it.
struct RawBody {};

// Inputs available to every route.
struct CommonInputs {
    http::Request& request;
    IfMatch if_match{};
    LastEventId last_event_id{};
    db::Transaction* transaction = nullptr;
};

// Everything parsed from one request.
template <class Body, class Query, class Path>
struct Inputs : CommonInputs {
    Body body{};
    Query query{};
    Path path{};
};

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> {
    using Arguments = std::tuple<A...>;
    template <class T>
    static constexpr bool takes = (std::is_same_v<std::remove_cvref_t<A>, T> || ...);
};

// The argument of type A (const T& or T, Transaction&).
template <class A, class Body, class Query, class Path>
auto& pick(Inputs<Body, Query, Path>& inputs) {
    using T = std::remove_cvref_t<A>;
    if constexpr (std::is_same_v<T, Caller>) {
        return *inputs.request.context.caller;
    } else if constexpr (std::is_same_v<T, std::optional<Caller>>) {
        return inputs.request.context.caller;
    } else if constexpr (std::is_same_v<T, RequestContext>) {
        return inputs.request.context;
    } else if constexpr (std::is_same_v<T, Language>) {
        return inputs.request.context.language;
    } else if constexpr (std::is_same_v<T, http::Request>) {
        static_assert(std::is_same_v<Body, RawBody>, "only the handler of a raw body needs the request itself");
        return inputs.request;
    } else if constexpr (std::is_same_v<T, db::Transaction>) {
        return *inputs.transaction;
    } else if constexpr (std::is_same_v<T, IfMatch>) {
        return inputs.if_match;
    } else if constexpr (std::is_same_v<T, LastEventId>) {
        return inputs.last_event_id;
    } else if constexpr (std::is_same_v<T, Path>) {
        return inputs.path;
    } else if constexpr (std::is_same_v<T, Query>) {
        return inputs.query;
    } else {
        static_assert(std::is_same_v<T, Body>, "a handler's parameter is not an input of its endpoint");
        return inputs.body;
    }
}

}  // namespace safargo::api
