// A typed route: its input, its response, who may call it, and its handler function.
//
//   endpoints.post("/bookings", "Book seats on a trip").idempotent()
//       .body<BookSeats>().returns<BookingView>(201).fails({Code::trip_full, Code::own_trip})
//       .handle([&](db::Transaction& tx, const Caller& caller, const BookSeats& wanted) {
//           return bookings.book(tx, caller, wanted);
//       });
//
// A handler requests its inputs by parameter type: Caller (the route then requires a login), std::optional<Caller>,
// RequestContext, Language, IfMatch, LastEventId, the body, the query, the path parameter, and db::Transaction& to run
// inside one
// transaction that commits with the response (and the Idempotency-Key). It is not a coroutine itself: it returns one.
#pragma once

#include "api/admission.hpp"
#include "api/answer.hpp"
#include "api/inputs.hpp"
#include "api/operation.hpp"
#include "api/runtime.hpp"
#include "contract/query.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace safargo::api {

// One request on its way through its route. Only these typed steps are compiled per route; the rest (admission,
// transaction, idempotency, after-commit step) is compiled once, in endpoint.cpp.
class TypedRequest {
public:
    virtual ~TypedRequest() = default;
    virtual CommonInputs& inputs() = 0;
    virtual Result<Nothing> read() = 0;                    // parses the request into its types
    virtual Task<Result<http::Response>> handle() = 0;     // the handler's view as a response; may run again
    virtual bool wants_after_commit() const = 0;           // whether the view from handle() needs the step
    virtual Task<Result<http::Response>> follow_up() = 0;  // the after-commit step for the view from handle()
};

class Endpoint {
public:
    Endpoint(Operation operation, std::vector<std::string> path_names, Runtime& runtime)
        : operation(std::move(operation)), path_names(std::move(path_names)), runtime(runtime) {}
    virtual ~Endpoint() = default;

    virtual bool transactional() const = 0;
    virtual std::unique_ptr<TypedRequest> receive(http::Request& request) const = 0;

    const Operation operation;
    const std::vector<std::string> path_names;
    Runtime& runtime;
};

Task<http::Response> serve(std::shared_ptr<const Endpoint> endpoint, http::Request& request);

struct NoAfterCommit {};

// An after-commit step for some views only; for others the committed response is final.
template <class Wants, class Take>
struct ConditionalAfterCommit {
    Wants wants;
    Take take;

    template <class View>
    auto operator()(const Caller& caller, const View& view) const {
        return take(caller, view);
    }
};

template <class Body_, class Query_, class Path_, class View_, class Handler_, class AfterCommit_>
class TypedEndpoint final : public Endpoint {
public:
    using Body = Body_;
    using Query = Query_;
    using Path = Path_;
    using View = View_;
    using Signature = api::Signature<Handler_>;

    static constexpr bool with_after_commit = !std::is_same_v<AfterCommit_, NoAfterCommit>;
    static constexpr bool in_transaction = Signature::template takes<db::Transaction>;
    static_assert(!with_after_commit || (in_transaction && Signature::template takes<Caller>),
                  "an after-commit step needs a transaction and a login");

    TypedEndpoint(Operation operation, std::vector<std::string> path_names, Runtime& runtime, Handler_ handler,
                  AfterCommit_ after_commit)
        : Endpoint(std::move(operation), std::move(path_names), runtime),
          handler(std::move(handler)),
          after_commit(std::move(after_commit)) {}

    bool transactional() const override { return in_transaction; }
    std::unique_ptr<TypedRequest> receive(http::Request& request) const override;

    const Handler_ handler;
    const AfterCommit_ after_commit;
};

template <class T>
Result<Nothing> read_path(T& path, std::string_view text) {
    // An invalid id in a path does not exist: 404.
    auto read = contract::Codec<T>::from_text(text);
    if (!read) return fail(Code::not_found);
    path = std::move(*read);
    return Nothing{};
}

template <class T>
Result<Nothing> read_path(T& path, const http::PathParams& params, const std::vector<std::string>& names) {
    if constexpr (contract::DescribedStruct<T>) {
        Result<Nothing> good{};
        boost::mp11::mp_for_each<contract::Members<T>>([&](auto member) {
            if (good) good = read_path(path.*member.pointer, params[member.name]);
        });
        return good;
    } else {
        return read_path(path, params[names.front()]);
    }
}

template <class T>
Result<Nothing> read_query(T& query, const http::Request& request) {
    auto read = contract::parse_query<T>(request.query);
    if (!read) return std::unexpected(std::move(read.error()));
    query = std::move(*read);
    return Nothing{};
}

template <class T>
Result<Nothing> read_body(T& body, const http::Request& request) {
    auto text = json_body(request);
    if (!text) return std::unexpected(std::move(text.error()));
    auto read = contract::parse_json<T>(*text);
    if (!read) return std::unexpected(std::move(read.error()));
    body = std::move(*read);
    return Nothing{};
}

// The headers that its handler asks for.
Result<Nothing> read_headers(CommonInputs& inputs, const Operation& operation);

template <class E>
class EndpointRequest final : public TypedRequest {
public:
    EndpointRequest(const E& endpoint, http::Request& request) : endpoint_(endpoint), inputs_{{request}} {}

    CommonInputs& inputs() override { return inputs_; }

    Result<Nothing> read() override {
        const http::Request& request = inputs_.request;
        Result<Nothing> good{};
        if constexpr (!std::is_same_v<typename E::Path, None>) {
            good = read_path(inputs_.path, request.params, endpoint_.path_names);
        }
        if constexpr (!std::is_same_v<typename E::Query, None>) {
            if (good) good = read_query(inputs_.query, request);
        }
        if (good) good = read_headers(inputs_, endpoint_.operation);
        if (!good) return good;
        if constexpr (std::is_same_v<typename E::Body, None>) {
            return no_body(request);
        } else if constexpr (std::is_same_v<typename E::Body, RawBody>) {
            return good;
        } else {
            return read_body(inputs_.body, request);
        }
    }

    Task<Result<http::Response>> handle() override {
        Result<typename E::View> result = co_await call(std::type_identity<typename E::Signature::Arguments>{});
        if (!result) co_return std::unexpected(std::move(result.error()));
        http::Response response = answer(endpoint_.operation, *result, reader());
        if constexpr (E::with_after_commit) view_ = std::move(*result);
        co_return response;
    }

    bool wants_after_commit() const override {
        if constexpr (requires { endpoint_.after_commit.wants(view_); }) {
            return endpoint_.after_commit.wants(view_);
        } else {
            return E::with_after_commit;
        }
    }

    Task<Result<http::Response>> follow_up() override {
        if constexpr (E::with_after_commit) {
            Result<typename E::View> view = co_await endpoint_.after_commit(*inputs_.request.context.caller, view_);
            if (!view) co_return std::unexpected(std::move(view.error()));
            co_return answer(endpoint_.operation, *view, reader());
        } else {
            co_return fail(Code::internal_error);
        }
    }

private:
    struct NoView {};

    contract::Reader reader() const { return {inputs_.request.context.language, &endpoint_.runtime.pictures}; }

    template <class... A>
    auto call(std::type_identity<std::tuple<A...>>) {
        return endpoint_.handler(pick<A>(inputs_)...);
    }

    const E& endpoint_;
    Inputs<typename E::Body, typename E::Query, typename E::Path> inputs_;
    [[no_unique_address]] std::conditional_t<E::with_after_commit, typename E::View, NoView> view_{};
};

template <class B, class Q, class P, class V, class H, class S>
std::unique_ptr<TypedRequest> TypedEndpoint<B, Q, P, V, H, S>::receive(http::Request& request) const {
    return std::make_unique<EndpointRequest<TypedEndpoint>>(*this, request);
}

}  // namespace safargo::api
