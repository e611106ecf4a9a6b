// Loads many trips into an empty index: each is packed on arrival and moved into its shard once, several shards
// concurrently.
#pragma once

#include "matching/bucket_builder.hpp"
#include "matching/trip_index.hpp"

#include <functional>
#include <future>
#include <map>

namespace safargo::matching {

class BulkLoad {
public:
    // The table must outlive the load.
    explicit BulkLoad(RouteTable& routes) : routes_(routes) {}
    ~BulkLoad();
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;

    // Adds an open trip. Each may be added only once, which is not checked. Malformed ones are skipped.
    Applied add(const TripRow& row);
    std::size_t size() const { return size_; }

    // For drivers loaded after their trips: build() calls this for each trip, on several threads, and ignores the ranks
    // in the rows.
    using DriverRankOf = std::function<DriverRank(UserId)>;
    void rank_by(DriverRankOf driver_rank_of) { driver_rank_of_ = std::move(driver_rank_of); }

    // Builds all trips, shard by shard, and leaves the load empty. The directory must be empty.
    std::unique_ptr<const Snapshot> build(TripDirectory& directory);

private:
    // Trips of one bucket in the layout of a shard, but in order of arrival. Searches do not read it, so it may grow; a
    // hash table of single trips took twice the memory and a cache miss per trip.
    struct Pile {
        std::vector<TripHead> heads;
        std::vector<TripName> names;
        std::vector<LaterStop> later;
        std::vector<PlaceId> places;  // of heads with a place
        std::vector<std::shared_ptr<const Shard>> shards;
        std::size_t packed = 0;  // the first `packed` trips are in shards, which own their references

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
