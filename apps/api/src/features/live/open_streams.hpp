// How many streams each person has open in this process.
#pragma once

#include "core/ids.hpp"

#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace safargo::live {

// Thread-safe. Tabs of one browser share a stream, so nobody needs many.
class OpenStreams {
public:
    static constexpr std::size_t most_per_person = 10;

    // The place of one stream, until it is destroyed.
    class Place {
    public:
        Place(OpenStreams& streams, UserId user) : streams_(&streams), user_(user) {}
        Place(Place&& other) noexcept : streams_(std::exchange(other.streams_, nullptr)), user_(other.user_) {}
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (streams_ != nullptr) streams_->leave(user_);
        }

    private:
        OpenStreams* streams_;
        UserId user_;
    };

    std::optional<Place> enter(UserId user);  // none: they have too many
    std::size_t people() const;

private:
    void leave(UserId user);

    mutable std::mutex mutex_;
    std::unordered_map<UserId, std::size_t> open_;
};

}  // namespace safargo::live
