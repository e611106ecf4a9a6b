// Resources shared by all connections of a process, and the share each may take.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace safargo::http {

// Open connections by client network (limit_key). Thread-safe.
class ClientConnections {
public:
    explicit ClientConnections(std::size_t most) : most_(most) {}

    bool enter(const std::string& client);  // false: the client is at its limit; "" is never counted
    void leave(const std::string& client);
    std::size_t clients() const;

private:
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::size_t> open_;
};

// Bytes of request bodies being received or served. Thread-safe.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t most) : most_(most) {}

    bool take(std::size_t bytes);
    void give_back(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
    std::size_t used() const { return used_.load(std::memory_order_relaxed); }

private:
    const std::size_t most_;
    std::atomic<std::size_t> used_{0};
};

// Event streams open now. Thread-safe.
class StreamQuota {
public:
    explicit StreamQuota(std::size_t most) : most_(most) {}

    bool take();
    void give_back() { open_.fetch_sub(1, std::memory_order_relaxed); }

private:
    const std::size_t most_;
    std::atomic<std::size_t> open_{0};
};

// The place of one stream, until it is destroyed.
class StreamSlot {
public:
    explicit StreamSlot(StreamQuota& quota) : quota_(quota.take() ? &quota : nullptr) {}
    ~StreamSlot() {
        if (quota_ != nullptr) quota_->give_back();
    }
    StreamSlot(StreamSlot&& other) noexcept : quota_(std::exchange(other.quota_, nullptr)) {}
    StreamSlot(const StreamSlot&) = delete;
    StreamSlot& operator=(const StreamSlot&) = delete;
    StreamSlot& operator=(StreamSlot&&) = delete;

    explicit operator bool() const { return quota_ != nullptr; }  // false: there are too many

private:
    StreamQuota* quota_;
};

// The share of one connection.
class BodyShare {
public:
    explicit BodyShare(BodyBudget& budget) : budget_(budget) {}
    ~BodyShare() { release(); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;

    bool grow_to(std::size_t bytes);  // false: the process has none left
    void release();

private:
    BodyBudget& budget_;
    std::size_t held_ = 0;
};

}  // namespace safargo::http
