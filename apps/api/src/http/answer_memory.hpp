// Answers that are the same for everyone, in the memory of this process.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace safargo::http {

struct PublicAnswer {
    std::string body;  // JSON
    std::string etag;
    std::shared_ptr<const std::string> gzipped;  // the body compressed; null if it is too small

    std::size_t bytes() const { return body.size() + etag.size() + (gzipped ? gzipped->size() : 0); }
};

struct AnswerLimits {
    std::size_t bytes = std::size_t{16} << 20;  // keys included
    std::size_t entries = 8'192;
    std::chrono::seconds kept{60};
};

// Thread-safe. When it is full, what was not asked for longest is dropped.
class AnswerMemory {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Answer = std::shared_ptr<const PublicAnswer>;

    explicit AnswerMemory(AnswerLimits limits = {}) : limits_(limits) {}

    // Made from rows of exactly this version; null if there is none.
    Answer find(std::string_view key, std::int64_t version, Time now);
    // Not stored beside an answer of a newer version, nor if it is larger than a shard.
    void store(std::string_view key, std::int64_t version, Answer answer, Time now);

    std::size_t entries() const;
    std::size_t bytes() const;

private:
    struct Entry {
        std::string key;
        std::int64_t version = 0;
        Time until{};
        Answer answer;

        std::size_t bytes() const { return key.size() + answer->bytes(); }
    };
    struct Shard {
        mutable std::mutex mutex;
        std::list<Entry> entries;                                                 // longest unused first
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;  // views into entries
        std::size_t bytes = 0;
    };

    static void drop(Shard& shard, std::list<Entry>::iterator entry);
    void make_room(Shard& shard, std::size_t bytes) const;
    Shard& shard_of(std::string_view key);

    static constexpr std::size_t shard_count = 8;
    AnswerLimits limits_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace safargo::http
