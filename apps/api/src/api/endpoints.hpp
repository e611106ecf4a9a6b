// Collects the typed routes of all features: adds them to the router and keeps them for OpenAPI.
#pragma once

#include "api/endpoint.hpp"
#include "http/router.hpp"

#include <string_view>
#include <vector>

namespace safargo::api {

inline constexpr std::string_view prefix = "/api/v1";

class Endpoints;

// Declares one route, in any order; handle() completes and registers it.
template <class Body = None, class Query = None, class Path = None, class View = Nothing,
          class AfterCommit = NoAfterCommit>
class Builder {
public:
    Builder(Endpoints& endpoints, Operation operation, std::vector<std::string> path_names = {},
            AfterCommit after_commit = {})
        : endpoints_(endpoints),
          operation_(std::move(operation)),
          path_names_(std::move(path_names)),
          after_commit_(std::move(after_commit)) {}

    template <class T>
    Builder<T, Query, Path, View, AfterCommit> body() &&;
    // The handler takes the http::Request and reads its body by itself.
    Builder<RawBody, Query, Path, View, AfterCommit> raw_body(RawMedia media) && {
        operation_.raw_body = std::move(media);
        return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
    }
    template <class T>
    Builder<Body, T, Path, View, AfterCommit> query() &&;
    template <class T>
    Builder<Body, Query, T, View, AfterCommit> path(std::string name) &&;
    // Several parameters, which are the members of T.
    template <contract::DescribedStruct T>
    Builder<Body, Query, T, View, AfterCommit> path() &&;
    template <class T>
    Builder<Body, Query, Path, T, AfterCommit> returns(int status = 200) &&;
    // Answers with an event stream whose events carry T.
    template <class T>
    Builder<Body, Query, Path, EventStream<T>, AfterCommit> streams() &&;
    // Runs after the commit, Task<Result<View>>(Caller, View): a remote step (a payment) whose result is in the
    // response.
    template <class S>
    Builder<Body, Query, Path, View, S> then(S after_commit) &&;
    // The same, only for views for which `wants`, bool(View), is true: the others need no second commit.
    template <class W, class S>
    Builder<Body, Query, Path, View, ConditionalAfterCommit<W, S>> then(W wants, S after_commit) && {
        return std::move(*this).then(ConditionalAfterCommit<W, S>{std::move(wants), std::move(after_commit)});
    }

    // A paragraph under the summary: who may call it, effects on money and seats, what is refused.
    Builder&& describes(std::string description) && {
        operation_.description = std::move(description);
        return std::move(*this);
    }
    Builder&& idempotent() && {
        operation_.idempotent = true;
        return std::move(*this);
    }
    Builder&& etag() && {
        operation_.has_etag = true;
        return std::move(*this);
    }
    // The handler may ask for the language, not for the caller: one answer serves all. Null keeps nothing.
    Builder&& kept_in(PublicAnswers* answers) && {
        operation_.kept_in = answers;
        return std::move(*this);
    }
    Builder&& only(Access access) && {
        operation_.access = access;
        return std::move(*this);
    }
    Builder&& fails(std::initializer_list<Code> codes) && {
        operation_.fails = codes;
        return std::move(*this);
    }

    template <class F>
    void handle(F handler) &&;

private:
    template <class T>
    void add_path_parameter(std::string_view name);

    Endpoints& endpoints_;
    Operation operation_;
    std::vector<std::string> path_names_;
    AfterCommit after_commit_;
};

class Endpoints {
public:
    Endpoints(http::Router& router, Runtime& runtime);

    Builder<> get(std::string path, std::string summary) {
        return begin(http::Method::get, std::move(path), std::move(summary), 200);
    }
    Builder<> post(std::string path, std::string summary) {
        return begin(http::Method::post, std::move(path), std::move(summary), 200);
    }
    Builder<> put(std::string path, std::string summary) {
        return begin(http::Method::put, std::move(path), std::move(summary), 200);
    }
    Builder<> patch(std::string path, std::string summary) {
        return begin(http::Method::patch, std::move(path), std::move(summary), 200);
    }
    Builder<> remove(std::string path, std::string summary) {
        return begin(http::Method::delete_, std::move(path), std::move(summary), 204);
    }

    // Registers a complete route; throws std::logic_error for one that could only fail when called.
    void add(std::shared_ptr<const Endpoint> endpoint);

    Runtime& runtime() { return runtime_; }
    contract::Components& components() { return components_; }
    const contract::Components& components() const { return components_; }
    const std::vector<Operation>& operations() const { return operations_; }

private:
    Builder<> begin(http::Method method, std::string path, std::string summary, int status);

    http::Router& router_;
    Runtime& runtime_;
    contract::Components components_;
    std::vector<Operation> operations_;
};

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<T, Q, P, V, S> Builder<B, Q, P, V, S>::body() && {
    operation_.body_schema = contract::Codec<T>::schema(endpoints_.components(), contract::Direction::request);
    operation_.takes_body = [](std::string_view json) { return contract::parse_json<T>(json).has_value(); };
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<B, T, P, V, S> Builder<B, Q, P, V, S>::query() && {
    operation_.query_parameters = contract::query_parameters<T>(endpoints_.components());
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<B, Q, T, V, S> Builder<B, Q, P, V, S>::path(std::string name) && {
    add_path_parameter<T>(name);
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <contract::DescribedStruct T>
Builder<B, Q, T, V, S> Builder<B, Q, P, V, S>::path() && {
    boost::mp11::mp_for_each<contract::Members<T>>([this](auto member) {
        this->template add_path_parameter<std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>>(
            member.name);
    });
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <class T>
void Builder<B, Q, P, V, S>::add_path_parameter(std::string_view name) {
    std::string& entries = operation_.path_parameters;
    if (!entries.empty()) entries += ',';
    entries += contract::parameter_entry(
        name, "path", true, contract::Codec<T>::schema(endpoints_.components(), contract::Direction::request));
    path_names_.emplace_back(name);
}

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<B, Q, P, T, S> Builder<B, Q, P, V, S>::returns(int status) && {
    operation_.status = status;
    if constexpr (!std::is_same_v<T, Content> && !std::is_same_v<T, Nothing>) {
        operation_.view_schema = contract::Codec<T>::schema(endpoints_.components(), contract::Direction::response);
        operation_.has_etag |= Versioned<T>;
    }
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<B, Q, P, EventStream<T>, S> Builder<B, Q, P, V, S>::streams() && {
    operation_.streams = true;
    operation_.view_schema = contract::Codec<T>::schema(endpoints_.components(), contract::Direction::response);
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit_)};
}

template <class B, class Q, class P, class V, class S>
template <class T>
Builder<B, Q, P, V, T> Builder<B, Q, P, V, S>::then(T after_commit) && {
    return {endpoints_, std::move(operation_), std::move(path_names_), std::move(after_commit)};
}

template <class B, class Q, class P, class V, class S>
template <class F>
void Builder<B, Q, P, V, S>::handle(F handler) && {
    using E = TypedEndpoint<B, Q, P, V, F, S>;
    if constexpr (Signature<F>::template takes<Caller>) {
        if (operation_.access == Access::anyone) operation_.access = Access::user;
    }
    operation_.answers_all =
        !(Signature<F>::template takes<Caller> || Signature<F>::template takes<std::optional<Caller>> ||
          Signature<F>::template takes<RequestContext> || Signature<F>::template takes<http::Request>);
    operation_.needs_if_match = Signature<F>::template takes<IfMatch>;
    operation_.resumes = Signature<F>::template takes<LastEventId>;
    if (std::is_same_v<V, Nothing> && operation_.status == 200) operation_.status = 204;
    endpoints_.add(std::make_shared<const E>(std::move(operation_), std::move(path_names_), endpoints_.runtime(),
                                             std::move(handler), std::move(after_commit_)));
}

}  // namespace safargo::api
