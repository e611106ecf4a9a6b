#include "matching/bucket_builder.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

constexpr std::size_t merge_ratio = 8;
constexpr std::size_t dead_ratio = 8;

void bury(std::vector<LiveShard>& shards, const std::vector<TripDirectory::Located>& dead) {
    for (LiveShard& live : shards) {
        std::shared_ptr<DeadPlaces> places;
        for (const auto& [shard, place] : dead) {
            if (shard != live.shard.get()) continue;
            if (!places)
                places =
                    live.dead ? std::make_shared<DeadPlaces>(*live.dead) : std::make_shared<DeadPlaces>(shard->size());
            places->add(place);
        }
        if (places) live.dead = std::move(places);
    }
}

void gather(const LiveShard& live, std::vector<TripView>& into) {
    for (std::size_t k = 0; k < live.shard->size(); ++k) {
        const auto place = static_cast<Slot>(k);
        if (!live.is_dead(place)) into.push_back(live.shard->view(place));
    }
}

}  // namespace

std::vector<LiveShard> take_for_merge(std::vector<LiveShard>& shards, std::size_t arrivals) {
    std::vector<LiveShard> taken;
    std::size_t gathered = arrivals;
    const auto sparse = std::partition(shards.begin(), shards.end(), [](const LiveShard& live) {
        return live.dead_count() * dead_ratio <= live.shard->size();
    });
    for (auto live = sparse; live != shards.end(); ++live) {
        gathered += live->live_count();
        taken.push_back(std::move(*live));
    }
    shards.erase(sparse, shards.end());
    std::ranges::sort(shards, std::ranges::greater{}, &LiveShard::live_count);
    while (!shards.empty() && shards.back().live_count() <= merge_ratio * gathered &&
           gathered + shards.back().live_count() <= max_shard_trips) {
        gathered += shards.back().live_count();
        taken.push_back(std::move(shards.back()));
        shards.pop_back();
    }
    return taken;
}

std::shared_ptr<const Bucket> BucketBuilder::build(BucketKey key, const Bucket* old, const BucketChange& change) {
    std::vector<LiveShard> shards;
    if (old) shards = old->shards;
    bury(shards, change.dead);
    const std::vector<LiveShard> merged = take_for_merge(shards, change.arrivals.size());
    std::vector<TripView> trips = change.arrivals;
    for (const LiveShard& live : merged) gather(live, trips);
    for (const auto part : in_parts(std::span<const TripView>(trips))) shards.push_back(pack(part));
    for (const LiveShard& live : merged) directory_.free_number(live.shard->number());
    return shards.empty() ? nullptr : bucket_of(key, std::move(shards));
}

LiveShard BucketBuilder::pack(std::span<const TripView> trips) {
    std::size_t later = 0;
    for (const TripView& trip : trips) {
        routes_.retain(*trip.head->route);
        later += trip.head->route->size() - 1;
    }
    auto shard =
        std::make_shared<const Shard>(trips, Shard::Room(directory_.take_number(), trips.size(), later), routes_);
    directory_.point_to_all(*shard);
    return {std::move(shard), nullptr};
}

std::shared_ptr<const Bucket> bucket_of(BucketKey key, std::vector<LiveShard> shards) {
    auto bucket = std::make_shared<Bucket>();
    bucket->key = key;
    bucket->first_pickup_us = std::numeric_limits<std::int64_t>::max();
    bucket->last_pickup_us = std::numeric_limits<std::int64_t>::min();
    for (const LiveShard& live : shards) {
        bucket->first_pickup_us = std::min(bucket->first_pickup_us, live.shard->first_pickup_us());
        bucket->last_pickup_us = std::max(bucket->last_pickup_us, live.shard->last_pickup_us());
    }
    bucket->shards = std::move(shards);
    return bucket;
}

}  // namespace safargo::matching
