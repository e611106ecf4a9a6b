// Many trips for an index that holds none, each packed as it comes and moved into its shard once, a few shards at the
// same time.
#pragma once

#include "matching/bucket_builder.hpp"
#include "matching/trip_index.hpp"

#include <functional>
#include <future>
#include <map>

namespace safargo::matching {

class BulkLoad {
public:
    // The table must outlive it.
    explicit BulkLoad(RouteTable& routes) : routes_(routes) {}
    ~BulkLoad();
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;

    // The trip is open. Each may be added once: that is not checked. A malformed one is left out.
    Applied add(const TripRow& row);
    std::size_t size() const { return size_; }

    // For drivers who become known after their trips: build() asks it for each trip, on several threads, and forgets
    // what the rows said.
    using DriverRankOf = std::function<DriverRank(UserId)>;
    void rank_by(DriverRankOf driver_rank_of) { driver_rank_of_ = std::move(driver_rank_of); }

    // All of them, shard by shard; nothing is left here. The directory must hold none.
    std::unique_ptr<const Snapshot> build(TripDirectory& directory);

private:
    // Trips of one bucket, laid out as a shard lays them out, but in the order of their coming. Searches read no such
    // thing, so it may grow; single trips in a hash table took twice the room and waited for memory at each.
    struct Pile {
        std::vector<TripHead> heads;
        std::vector<TripName> names;
        std::vector<LaterStop> later;
        std::vector<PlaceId> places;  // of those heads that say they have one
        std::vector<std::shared_ptr<const Shard>> shards;
        std::size_t packed = 0;  // so many of the trips, from the first on, are in them, which have their references

        void add(const TripView& trip);
        std::vector<TripView> views() const;
        std::vector<Shard::Room> rooms(TripDirectory& directory) const;
        void pack(std::vector<Shard::Room> rooms, const DriverRankOf& driver_rank_of, RouteTable& routes);
    };
    std::future<void> start_packing(Pile& pile, TripDirectory& directory);

    RouteTable& routes_;
    std::map<BucketKey, Pile> piles_;
    std::size_t size_ = 0;
    DriverRankOf driver_rank_of_;
};

}  // namespace safargo::matching
