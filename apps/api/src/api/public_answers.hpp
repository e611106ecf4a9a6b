// Public answers from memory: made once for everyone, again after an edit of what they show, and after a minute.
//
// A route takes part with .kept_in(answers). Its handler then knows nothing of the caller but the language, so that one
// answer serves all. An answer is looked for in this process, then in the cache that replicas share, then made. It is
// never more than a second older than the rows: only answers of the version that was just confirmed are used.
#pragma once

#include "api/data_version.hpp"
#include "core/metrics.hpp"
#include "core/task.hpp"
#include "http/answer_memory.hpp"
#include "http/compression.hpp"
#include "http/message.hpp"
#include "http/single_flight.hpp"
#include "ports/cache.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <string>

namespace safargo::api {

// How much one process puts into the cache of all replicas, so that strangers' queries cannot fill it. Thread-safe.
class CacheBudget {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t bytes_a_minute = std::size_t{32} << 20;

    bool spend(std::size_t bytes, Time now);

private:
    std::mutex mutex_;
    Time began_{};
    std::size_t left_ = 0;
};

// What all threads of the process share. Thread-safe.
struct SharedAnswers {
    DataVersion version;
    http::AnswerMemory memory;
    http::SingleFlight flights;
    CacheBudget budget;
};

// The part of one thread.
class PublicAnswers {
public:
    using Make = std::function<Task<http::Response>()>;
    using Rule = std::function<bool(const http::Request&)>;

    // `cache`: null without one. `build`: replicas of another build neither read nor write its copies. `may_keep`:
    // false for requests whose answer depends on more than the rows of the version. `shared` and `cache` must outlive
    // it.
    PublicAnswers(SharedAnswers& shared, Cache* cache, std::string build, Rule may_keep = {});

    // To a GET or HEAD request without a body; `make` makes it from the database. Only answers with status 200 and an
    // ETag are kept.
    Task<http::Response> answer(const http::Request& request, Make make);

private:
    using Answer = http::AnswerMemory::Answer;
    struct Wanted {
        std::string key;  // path, query and language
        std::int64_t version;
    };

    bool is_current(const Wanted& wanted) const { return shared_.version.current() == wanted.version; }
    Task<http::Response> make_for_all(http::SingleFlight::Lead lead, Wanted wanted, Make make);
    Task<Answer> find_in_cache(Wanted wanted);
    Task<void> put_in_cache(Wanted wanted, Answer answer);
    Answer answer_from(std::string body, std::string etag);
    Answer answer_from(const http::Response& response);  // null if it may not be kept
    std::string cache_key(const Wanted& wanted) const;

    SharedAnswers& shared_;
    Cache* cache_;
    std::string build_;
    Rule may_keep_;
    http::Compressor compressor_;
    metrics::Counter from_memory_, from_neighbour_, from_cache_, from_database_;
};

}  // namespace safargo::api
