// How recent the copies of some rows may be: the version of the rows, as this process last read it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace safargo::api {

// Thread-safe; one follower of the database confirms.
class DataVersion {
public:
    using Time = std::chrono::steady_clock::time_point;

    // What was read longer ago says nothing: with the rest of a second for the answer, nobody sees rows as they were
    // more than a second ago.
    static constexpr std::chrono::milliseconds longest{800};

    // Everything committed before `as_of` is in `version`.
    void confirm(std::int64_t version, Time as_of) {
        version_ = version;  // first: a reader may take a newer version for an older one, never the other way round
        as_of_ = as_of;
    }
    // Nothing: unknown, or not confirmed for too long.
    std::optional<std::int64_t> current(Time now = std::chrono::steady_clock::now()) const {
        if (as_of_.load() < now - longest) return std::nullopt;
        return version_.load();
    }

private:
    std::atomic<std::int64_t> version_ = 0;
    std::atomic<Time> as_of_{Time::min()};
};

}  // namespace safargo::api
