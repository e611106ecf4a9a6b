#include "api/public_answers.hpp"

#include "contract/json.hpp"
#include "core/crypto.hpp"

#include <utility>

namespace safargo::api {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds flight_patience{2'000};
constexpr int most_flights = 3;  // that one request joins; after that it makes its own answer
constexpr std::chrono::seconds kept_in_cache{60};
constexpr std::size_t longest_key = 2'048;  // a longer query is hardly ever asked twice
constexpr std::size_t least_compressed = 1'000;

metrics::Counter counter_of(const std::string& from) {
    return metrics::counter("safargo_public_answers_total",
                            "Public answers, from memory, from a request that asked the same, from the cache of all "
                            "replicas or from the database",
                            {{"from", from}});
}

std::string key_of(const http::Request& request) {
    std::string key(contract::enum_name(request.context.language));
    key.append(1, ' ').append(request.path).append(1, '?').append(request.query);
    return key;
}

http::Response response_of(const http::PublicAnswer& answer) {
    http::Response response{.body = answer.body, .gzipped = answer.gzipped};
    response.headers.emplace_back("ETag", answer.etag);
    return response;
}

}  // namespace

bool CacheBudget::spend(std::size_t bytes, Time now) {
    const std::lock_guard lock(mutex_);
    if (now - began_ >= std::chrono::minutes(1)) {
        began_ = now;
        left_ = bytes_a_minute;
    }
    if (left_ < bytes) return false;
    left_ -= bytes;
    return true;
}

PublicAnswers::PublicAnswers(SharedAnswers& shared, Cache* cache, std::string build, Rule may_keep)
    : shared_(shared),
      cache_(cache),
      build_(std::move(build)),
      may_keep_(std::move(may_keep)),
      from_memory_(counter_of("memory")),
      from_neighbour_(counter_of("neighbour")),
      from_cache_(counter_of("cache")),
      from_database_(counter_of("database")) {}

// The version is known before the rows are read: what is kept under it may be newer than that, never older.
Task<http::Response> PublicAnswers::answer(const http::Request& request, Make make) {
    const auto version = shared_.version.current();
    Wanted wanted{key_of(request), version.value_or(0)};
    if (version && wanted.key.size() <= longest_key && (!may_keep_ || may_keep_(request))) {
        if (const Answer known = shared_.memory.find(wanted.key, wanted.version, Clock::now())) {
            from_memory_.add();
            co_return response_of(*known);
        }
        const std::string flight = std::to_string(wanted.version) + ' ' + wanted.key;
        // Who makes it may leave before it is made. Then one of those who waited takes their place, not all at once.
        for (int turn = 0; turn < most_flights; ++turn) {
            if (auto lead = shared_.flights.lead(flight)) {
                co_return co_await make_for_all(std::move(*lead), std::move(wanted), std::move(make));
            }
            const auto began = Clock::now();
            const Answer made = co_await shared_.flights.wait(flight, flight_patience);
            if (made && is_current(wanted)) {
                from_neighbour_.add();
                co_return response_of(*made);
            }
            if (made || Clock::now() - began >= flight_patience) break;
        }
    }
    from_database_.add();
    co_return co_await make();
}

Task<http::Response> PublicAnswers::make_for_all(http::SingleFlight::Lead lead, Wanted wanted, Make make) {
    if (const Answer found = co_await find_in_cache(wanted)) {
        shared_.memory.store(wanted.key, wanted.version, found, Clock::now());
        lead.land(found);
        from_cache_.add();
        co_return response_of(*found);
    }
    from_database_.add();
    http::Response response = co_await make();
    const Answer answer = answer_from(response);
    if (answer) shared_.memory.store(wanted.key, wanted.version, answer, Clock::now());
    lead.land(answer);
    if (answer) co_await put_in_cache(std::move(wanted), answer);
    co_return response;
}

// Of this very version: after a restored backup, versions of the lost time may be higher. A copy says what it answers,
// so that replies which got mixed up on the way give nobody the answer to another question.
Task<PublicAnswers::Answer> PublicAnswers::find_in_cache(Wanted wanted) {
    if (cache_ == nullptr) co_return nullptr;
    const std::string key = cache_key(wanted);
    auto found = co_await cache_->find(key);
    if (!found || found->version != wanted.version || !is_current(wanted)) co_return nullptr;
    std::string_view rest = found->value;
    if (!rest.starts_with(key + '\n')) co_return nullptr;
    rest.remove_prefix(key.size() + 1);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) co_return nullptr;
    co_return answer_from(std::string(rest.substr(end + 1)), std::string(rest.substr(0, end)));
}

Task<void> PublicAnswers::put_in_cache(Wanted wanted, Answer answer) {
    if (cache_ == nullptr || !is_current(wanted)) co_return;
    const std::string key = cache_key(wanted);
    CachedValue value{wanted.version, key + '\n' + answer->etag + '\n' + answer->body};
    if (!shared_.budget.spend(value.value.size(), Clock::now())) co_return;
    co_await cache_->store(key, std::move(value), kept_in_cache);
}

PublicAnswers::Answer PublicAnswers::answer_from(std::string body, std::string etag) {
    auto answer = std::make_shared<http::PublicAnswer>(std::move(body), std::move(etag));
    if (answer->body.size() > least_compressed) {
        answer->gzipped = std::make_shared<const std::string>(compressor_.gzip(answer->body));
    }
    return answer;
}

PublicAnswers::Answer PublicAnswers::answer_from(const http::Response& response) {
    const bool whole = response.status == 200 && response.content_type == "application/json" &&
                       response.headers.size() == 1 && !response.header("ETag").empty();
    return whole ? answer_from(response.body, std::string(response.header("ETag"))) : nullptr;
}

std::string PublicAnswers::cache_key(const Wanted& wanted) const {
    return "answers:" + crypto::base64url(crypto::view(crypto::sha256(build_ + '\n' + wanted.key)));
}

}  // namespace safargo::api
