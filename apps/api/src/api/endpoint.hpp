// One typed route: what it reads, what it answers, who may call it, and the function that serves it.
//
//   endpoints.post("/bookings", "Book seats on a trip").idempotent()
//       .body<BookSeats>().returns<BookingView>(201).fails({Code::trip_full, Code::own_trip})
//       .handle([&](db::Transaction& tx, const Caller& caller, const BookSeats& wanted) {
//           return bookings.book(tx, caller, wanted);
//       });
//
// A handler asks for what it needs by parameter type: Caller (the route then needs a login), std::optional<Caller>,
// RequestContext, IfMatch, the body, the query, the path parameter, and db::Transaction& to run inside one
// transaction that commits with the answer (and with the Idempotency-Key). It is no coroutine itself: it returns one.
#pragma once

#include "api/admission.hpp"
#include "api/answer.hpp"
#include "api/idempotency.hpp"
#include "api/operation.hpp"
#include "contract/query.hpp"
#include "http/router.hpp"

#include <exception>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace safargo::api {

// The key of this request, if the route takes one and the client sent one.
Result<std::optional<IdempotencyKey>> idempotency_key(const Operation& operation, const http::Request& request);

StoredAnswer to_store(const http::Response& response, bool finished);
http::Response replay(const StoredAnswer& stored);
bool may_be_stored(const http::Response& response);  // 2xx and final 4xx, never 429 or 5xx

// A step after the commit broke; the committed answer stands.
void report_broken_sequel(const Operation& operation, const RequestContext& context, const std::exception& failure);

struct NoSequel {};

template <class Body_, class Query_, class Path_, class View_, class Handler_, class Sequel_>
struct Endpoint {
    using Body = Body_;
    using Query = Query_;
    using Path = Path_;
    using View = View_;
    using Arguments = Inputs<Body, Query, Path>;

    Operation operation;
    std::string path_name;
    Runtime& runtime;
    Handler_ handler;
    Sequel_ sequel;

    static constexpr bool has_sequel = !std::is_same_v<Sequel_, NoSequel>;
    static constexpr bool transactional = Signature<Handler_>::template takes<db::Transaction>;
    static_assert(!has_sequel || (transactional && Signature<Handler_>::template takes<Caller>),
                  "a sequel follows a transaction of somebody who is signed in");
};

template <class E>
Result<Nothing> read_inputs(const E& endpoint, typename E::Arguments& inputs) {
    const http::Request& request = inputs.request;
    if constexpr (!std::is_same_v<typename E::Path, None>) {
        // A path that names nothing of this kind is simply not there.
        auto path = contract::Codec<typename E::Path>::from_text(request.params[endpoint.path_name]);
        if (!path) return fail(Code::not_found);
        inputs.path = std::move(*path);
    }
    if constexpr (!std::is_same_v<typename E::Query, None>) {
        auto query = contract::parse_query<typename E::Query>(request.query);
        if (!query) return std::unexpected(std::move(query.error()));
        inputs.query = std::move(*query);
    }
    if (endpoint.operation.needs_if_match) {
        auto if_match = read_if_match(request);
        if (!if_match) return std::unexpected(std::move(if_match.error()));
        inputs.if_match = *if_match;
    }
    if constexpr (std::is_same_v<typename E::Body, None>) {
        return no_body(request);
    } else {
        auto text = json_body(request);
        if (!text) return std::unexpected(std::move(text.error()));
        auto body = contract::parse_json<typename E::Body>(*text);
        if (!body) return std::unexpected(std::move(body.error()));
        inputs.body = std::move(*body);
        return Nothing{};
    }
}

template <class F, class Arguments, class... A>
auto call(const F& handler, Arguments& inputs, std::type_identity<std::tuple<A...>>) {
    return handler(pick<A>(inputs)...);
}

template <class E>
Task<Result<typename E::View>> call_handler(const E& endpoint, typename E::Arguments& inputs) {
    using Signature = Signature<decltype(endpoint.handler)>;
    return call(endpoint.handler, inputs, std::type_identity<typename Signature::Arguments>{});
}

// What the transaction produced: an answer to send, and the view for a sequel unless it was replayed.
template <class View>
struct Outcome {
    http::Response response;
    std::optional<View> view{};
};

template <class E>
Task<Result<Outcome<typename E::View>>> run_inside(const E& endpoint, typename E::Arguments& inputs,
                                                   const std::optional<IdempotencyKey>& key, db::Transaction& tx) {
    using View = typename E::View;
    const Instant now = endpoint.runtime.clock.now();
    inputs.transaction = &tx;
    if (key) {
        auto stored = co_await claim(tx, *key, now);
        if (!stored) co_return std::unexpected(std::move(stored.error()));
        // An unfinished answer is true as well: it says that the step after the commit is still to come.
        if (*stored) co_return Outcome<View>{replay(**stored)};
    }
    Result<View> result = co_await call_handler(endpoint, inputs);
    if (!key) {
        if (!result) co_return std::unexpected(std::move(result.error()));
        co_return Outcome<View>{answer(endpoint.operation, *result), std::move(*result)};
    }
    Outcome<View> outcome;
    if (result) {
        outcome.response = answer(endpoint.operation, *result);
        outcome.view = std::move(*result);
    } else {
        if (!result.error().keeps_effects) co_await tx.rollback_to("effect");
        outcome.response = http::problem(result.error(), inputs.request.context);
    }
    if (!may_be_stored(outcome.response)) co_return std::unexpected(std::move(result.error()));
    const bool finished = !E::has_sequel || !outcome.view;
    co_await store(tx, *key, to_store(outcome.response, finished), now);
    co_return outcome;
}

// After the commit: a remote step whose result the answer should show. Its failure leaves the committed answer.
template <class E>
Task<http::Response> run_sequel(const E& endpoint, const typename E::Arguments& inputs,
                                const std::optional<IdempotencyKey>& key, Outcome<typename E::View> outcome) {
    if constexpr (E::has_sequel) {
        if (!outcome.view) co_return std::move(outcome.response);
        try {
            Result<typename E::View> view = co_await endpoint.sequel(*inputs.request.context.caller, *outcome.view);
            if (view) outcome.response = answer(endpoint.operation, *view);
            if (key) co_await finish(endpoint.runtime.database, *key, to_store(outcome.response, true));
        } catch (const std::exception& failure) {
            // Committed all the same: a job takes the step again, and the client sees the state it can poll.
            report_broken_sequel(endpoint.operation, inputs.request.context, failure);
        }
    }
    co_return std::move(outcome.response);
}

template <class E>
struct InsideTransaction {
    const E& endpoint;
    typename E::Arguments& inputs;
    const std::optional<IdempotencyKey>& key;
    Task<Result<Outcome<typename E::View>>> operator()(db::Transaction& tx) const {
        return run_inside(endpoint, inputs, key, tx);
    }
};

template <class E>
Task<http::Response> serve_transactional(const E& endpoint, typename E::Arguments& inputs) {
    auto key = idempotency_key(endpoint.operation, inputs.request);
    if (!key) co_return http::problem(key.error(), inputs.request.context);
    auto outcome = co_await endpoint.runtime.database.template transact<Outcome<typename E::View>>(
        InsideTransaction<E>{endpoint, inputs, *key});
    if (!outcome) co_return http::problem(outcome.error(), inputs.request.context);
    endpoint.runtime.committed();
    co_return co_await run_sequel(endpoint, inputs, *key, std::move(*outcome));
}

template <class E>
Task<http::Response> serve(std::shared_ptr<const E> endpoint, http::Request& request) {
    auto admitted = co_await admit(endpoint->operation, endpoint->runtime, request);
    if (!admitted) co_return http::problem(admitted.error(), request.context);
    typename E::Arguments inputs{request};
    auto read = read_inputs(*endpoint, inputs);
    if (!read) co_return http::problem(read.error(), request.context);
    if constexpr (E::transactional) {
        co_return co_await serve_transactional(*endpoint, inputs);
    } else {
        Result<typename E::View> result = co_await call_handler(*endpoint, inputs);
        if (!result) co_return http::problem(result.error(), request.context);
        co_return answer(endpoint->operation, *result);
    }
}

}  // namespace safargo::api
