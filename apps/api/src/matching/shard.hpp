// Up to 32,768 immutable trips: the unit that searches visit and the writer replaces.
#pragma once

#include "matching/packed_trip.hpp"
#include "matching/postings.hpp"

#include <utility>

namespace safargo::matching {

// The places of a shard whose trips have since changed or been removed; rebuilt by every publish that adds to it.
class DeadPlaces {
public:
    explicit DeadPlaces(std::size_t places) : words_((places + 63) / 64) {}
    void add(Slot place) {
        std::uint64_t& word = words_[place / 64];
        count_ += (word >> (place % 64) & 1) == 0;
        word |= std::uint64_t{1} << (place % 64);
    }
    bool contains(Slot place) const { return words_[place / 64] >> (place % 64) & 1; }
    std::size_t count() const { return count_; }
    std::size_t bytes() const { return sizeof(*this) + words_.capacity() * sizeof(std::uint64_t); }

private:
    std::vector<std::uint64_t> words_;
    std::size_t count_ = 0;
};

class Shard {
public:
    // Memory for most of a shard's data. malloc has an arena per thread: a thread that has its shard built by another
    // allocates the memory itself, from what it has freed before.
    struct Room {
        std::uint32_t number;
        std::vector<TripHead> heads;
        std::vector<TripName> names;
        std::vector<LaterStop> later;

        Room(std::uint32_t number, std::size_t trips, std::size_t later_stops);
    };

    // Trips with the same ends are adjacent, as are the results of a search. May be constructed on any thread, since it
    // takes over one reference on each trip's route; it releases them on destruction, on the writer's thread.
    Shard(std::span<const TripView> trips, Room room, RouteTable& routes);
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    std::size_t size() const { return heads_.size(); }
    std::uint32_t number() const { return number_; }
    const TripHead& head(Slot place) const { return heads_[place]; }
    const TripName& name(Slot place) const { return names_[place]; }
    const LaterStop* later(const TripHead& head) const { return later_.data() + head.tail; }
    const PlaceId* destination(Slot place) const;  // the tourist place it goes to, or null
    TripView view(Slot place) const;

    const Postings& pickups() const { return pickups_; }    // every stop but the last
    const Postings& dropoffs() const { return dropoffs_; }  // every stop but the first
    std::int64_t first_pickup_us() const { return first_pickup_us_; }
    std::int64_t last_pickup_us() const { return last_pickup_us_; }
    std::size_t bytes() const;

private:
    enum class Side : std::uint8_t { pickup, dropoff };
    void take(const TripView& trip);
    Postings index(Side side) const;

    RouteTable& routes_;
    std::uint32_t number_;
    std::int64_t first_pickup_us_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t last_pickup_us_ = std::numeric_limits<std::int64_t>::min();
    std::vector<TripHead> heads_;
    std::vector<TripName> names_;
    std::vector<LaterStop> later_;
    std::vector<std::pair<Slot, PlaceId>> destinations_;  // few trips have one
    Postings pickups_;
    Postings dropoffs_;
};

// The time of a trip's last pickup.
std::int64_t last_pickup_us(const TripView& trip);

}  // namespace safargo::matching
