#include "api/endpoint.hpp"

#include "api/public_answers.hpp"
#include "core/crypto.hpp"
#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <algorithm>
#include <optional>

namespace safargo::api {
namespace {

std::string digest_of(std::string_view body) {
    constexpr std::size_t bytes = 12;  // chance of a collision: one pair in 10^14 bodies
    return crypto::base64url(crypto::view(crypto::sha256(body)).substr(0, bytes));
}

}  // namespace

std::string etag_of(std::string_view body) {
    return '"' + digest_of(body) + '"';
}

std::string etag_of(std::int64_t version, std::string_view body) {
    return '"' + std::to_string(version) + '.' + digest_of(body) + '"';
}

Result<Nothing> read_headers(CommonInputs& inputs, const Operation& operation) {
    if (operation.needs_if_match) {
        auto read = read_if_match(inputs.request);
        if (!read) return std::unexpected(std::move(read.error()));
        inputs.if_match = std::move(*read);
    }
    if (operation.resumes) {
        auto read = read_last_event_id(inputs.request);
        if (!read) return std::unexpected(std::move(read.error()));
        inputs.last_event_id = *read;
    }
    return Nothing{};
}

namespace {

StoredAnswer to_store(const http::Response& response, bool finished) {
    return {.status = response.status,
            .body = response.body,
            .etag = std::string(response.header("ETag")),
            .finished = finished};
}

http::Response replay(const StoredAnswer& stored) {
    http::Response response{.status = stored.status, .body = stored.body};
    if (stored.status >= 400) response.content_type = "application/problem+json";
    if (!stored.etag.empty()) response.headers.emplace_back("ETag", stored.etag);
    response.headers.emplace_back("Idempotency-Replayed", "true");
    return response;
}

// Call inside catch (...): the after-commit step failed, whatever the exception; the committed response stands.
void report_after_commit_failure(const Operation& operation, const RequestContext& context) {
    log::error("after_commit_failed", {{"route", std::string_view(operation.path)},
                                       {"what", std::string_view(describe_current_failure())},
                                       {"request_id", std::string_view(context.request_id)}});
}

// 2xx and final 4xx, never 429 or 5xx.
bool may_be_stored(const http::Response& response) {
    return response.status < 500 && response.status != 429;
}

// The result of the transaction: a response, and whether an after-commit step follows.
struct Outcome {
    http::Response response;
    bool wants_after_commit = false;
};

// The handler's response, or its refusal as a response; stored under the key unless the client may retry.
Task<Result<Outcome>> run_keyed(const Endpoint& endpoint, TypedRequest& typed, const IdempotencyKey& key,
                                db::Transaction& tx) {
    const Instant now = endpoint.runtime.clock.now();
    const Answers& answers = endpoint.runtime.answers;
    auto stored = co_await answers.claim(tx, key, now);
    if (!stored) co_return std::unexpected(std::move(stored.error()));
    if (*stored) co_return Outcome{replay(**stored)};

    Outcome outcome;
    Result<http::Response> result = co_await typed.handle();
    if (result) {
        outcome = {std::move(*result), typed.wants_after_commit()};
    } else {
        if (!result.error().keeps_effects) co_await tx.rollback_to("effect");
        outcome.response = http::problem(result.error(), typed.inputs().request.context);
    }
    if (!may_be_stored(outcome.response)) co_return std::unexpected(std::move(result.error()));
    answers.store(tx, key, to_store(outcome.response, !outcome.wants_after_commit), now);
    co_return outcome;
}

// One attempt of the transaction, which the database repeats after a lost race.
struct InsideTransaction {
    const Endpoint& endpoint;
    TypedRequest& typed;
    const std::optional<IdempotencyKey>& key;

    Task<Result<Outcome>> operator()(db::Transaction& tx) const {
        typed.inputs().transaction = &tx;
        return key ? run_keyed(endpoint, typed, *key, tx) : run_plain(endpoint, typed);
    }
    static Task<Result<Outcome>> run_plain(const Endpoint& endpoint, TypedRequest& typed) {
        Result<http::Response> result = co_await typed.handle();
        if (!result) co_return std::unexpected(std::move(result.error()));
        co_return Outcome{std::move(*result), typed.wants_after_commit()};
    }
};

// A key has one response, the stored one. `committed` is already stored and stays if a client has received it.
Task<http::Response> keep_finished(const Endpoint& endpoint, TypedRequest& typed, IdempotencyKey key,
                                   http::Response better, http::Response committed) {
    const Runtime& runtime = endpoint.runtime;
    try {
        const bool kept = co_await runtime.answers.finish(runtime.database, key, to_store(better, true));
        co_return kept ? std::move(better) : std::move(committed);
    } catch (...) {
        report_after_commit_failure(endpoint.operation, typed.inputs().request.context);
    }
    // It is unknown which of the two is stored; a repeated request finds out.
    const Error unknown{.code = Code::dependency_unavailable, .retry_after = std::chrono::seconds{1}};
    co_return http::problem(unknown, typed.inputs().request.context);
}

// After the commit: a remote step whose result the response should show. Its failure leaves the committed response: a
// job repeats the step, and the client sees a state it can poll.
Task<http::Response> run_after_commit(const Endpoint& endpoint, TypedRequest& typed, std::optional<IdempotencyKey> key,
                                      http::Response committed) {
    http::Response better = committed;
    try {
        Result<http::Response> after = co_await typed.follow_up();
        if (after) better = std::move(*after);
    } catch (...) {
        report_after_commit_failure(endpoint.operation, typed.inputs().request.context);
    }
    if (!key) co_return better;
    co_return co_await keep_finished(endpoint, typed, std::move(*key), std::move(better), std::move(committed));
}

Task<http::Response> serve_transactional(const Endpoint& endpoint, TypedRequest& typed) {
    const http::Request& request = typed.inputs().request;
    auto key = read_idempotency_key(endpoint.operation, request);
    if (!key) co_return http::problem(key.error(), request.context);
    auto outcome = co_await endpoint.runtime.database.transact<Outcome>(InsideTransaction{endpoint, typed, *key});
    if (!outcome) co_return http::problem(outcome.error(), request.context);
    endpoint.runtime.committed();
    if (!outcome->wants_after_commit) co_return std::move(outcome->response);
    co_return co_await run_after_commit(endpoint, typed, *key, std::move(outcome->response));
}

Task<http::Response> serve_admitted(std::shared_ptr<const Endpoint> endpoint, http::Request& request) {
    const std::unique_ptr<TypedRequest> typed = endpoint->receive(request);
    auto read = typed->read();
    if (!read) co_return http::problem(read.error(), request.context);
    if (endpoint->transactional()) co_return co_await serve_transactional(*endpoint, *typed);
    Result<http::Response> result = co_await typed->handle();
    if (!result) co_return http::problem(result.error(), request.context);
    co_return std::move(*result);
}

}  // namespace

Task<http::Response> serve(std::shared_ptr<const Endpoint> endpoint, http::Request& request) {
    auto admitted = co_await admit(endpoint->operation, endpoint->runtime, request);
    if (!admitted) co_return http::problem(admitted.error(), request.context);
    PublicAnswers* kept = endpoint->operation.kept_in;
    if (kept == nullptr || !request.body.empty()) co_return co_await serve_admitted(std::move(endpoint), request);
    co_return co_await kept->answer(request, [&] { return serve_admitted(endpoint, request); });
}

}  // namespace safargo::api
