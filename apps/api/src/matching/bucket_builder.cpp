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
        const auto place = static_cast<Place>(k);
        if (!live.is_dead(place)) into.push_back(live.shard->view(place));
    }
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

    // In even parts when they do not fit one shard.
    const std::size_t parts = (trips.size() + max_shard_trips - 1) / max_shard_trips;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t begin = trips.size() * part / parts;
        const std::size_t end = trips.size() * (part + 1) / parts;
        pack(std::span(trips).subspan(begin, end - begin), shards);
    }
    for (const LiveShard& live : merged) directory_.free_number(live.shard->number());
    return shards.empty() ? nullptr : bucket_of(key, std::move(shards));
}

void BucketBuilder::pack(std::span<const TripView> trips, std::vector<LiveShard>& into) {
    auto shard = std::make_shared<const Shard>(trips, directory_.take_number(), routes_);
    directory_.bind(*shard);
    for (std::size_t k = 0; k < shard->size(); ++k) directory_.point_to(*shard, static_cast<Place>(k));
    into.push_back({std::move(shard), nullptr});
}

}  // namespace safargo::matching
