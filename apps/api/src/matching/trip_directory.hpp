// The location of each published trip. Owned by the writer; five bytes an entry, since the trip's id is in its shard.
#pragma once

#include "core/id_hash.hpp"
#include "matching/shard.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

namespace safargo::matching {

class TripDirectory {
public:
    struct Located {
        const Shard* shard;
        Slot place;
    };

    TripDirectory() = default;
    TripDirectory(const TripDirectory&) = delete;  // the hash refers to this object
    TripDirectory& operator=(const TripDirectory&) = delete;

    std::optional<Located> find(TripId trip) const;
    void point_to_all(const Shard& shard);  // adds or moves the entries of its trips
    void erase(TripId trip);
    void reserve(std::size_t trips) { entries_.reserve(trips); }  // growing would read the ids of all trips
    std::size_t size() const { return entries_.size(); }
    std::size_t bytes() const;

    // Shard numbers, reused once no entry refers to them.
    std::uint32_t take_number();
    void free_number(std::uint32_t number);

private:
    static constexpr int slot_bits = 15;
    static_assert(max_shard_trips == std::size_t{1} << slot_bits);

    // Hashed by the trip the entry leads to, so changing the target does not move the entry.
    struct Entry {
        mutable std::uint32_t target;  // shard number, then place
    };
    struct Hash {
        using is_transparent = void;
        const TripDirectory* directory;
        std::size_t operator()(const TripId& trip) const { return IdHash{}(trip); }
        std::size_t operator()(Entry entry) const { return (*this)(directory->trip_of(entry)); }
    };
    struct Same {
        using is_transparent = void;
        const TripDirectory* directory;
        bool operator()(Entry a, Entry b) const { return directory->trip_of(a) == directory->trip_of(b); }
        bool operator()(const TripId& trip, Entry entry) const { return trip == directory->trip_of(entry); }
        bool operator()(Entry entry, const TripId& trip) const { return trip == directory->trip_of(entry); }
    };

    Located locate(Entry entry) const {
        return {shards_[entry.target >> slot_bits], static_cast<Slot>(entry.target & ((1u << slot_bits) - 1))};
    }
    const TripId& trip_of(Entry entry) const {
        const Located at = locate(entry);
        return at.shard->name(at.place).trip;
    }

    std::vector<const Shard*> shards_;
    std::vector<std::uint32_t> free_numbers_;
    boost::unordered_flat_set<Entry, Hash, Same> entries_{0, Hash{this}, Same{this}};
};

}  // namespace safargo::matching
