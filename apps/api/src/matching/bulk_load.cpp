#include "matching/bulk_load.hpp"

#include <algorithm>
#include <deque>
#include <thread>
#include <utility>

namespace safargo::matching {
namespace {

// The number of concurrent packings. Two per processor, since each day's pile is followed by the small one of trips
// that can also be boarded the next day; more than eight would need more memory.
std::size_t most_packings() {
    return std::size_t{2} * std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
}

std::vector<LiveShard> live(std::vector<std::shared_ptr<const Shard>> shards, TripDirectory& directory) {
    std::vector<LiveShard> live;
    for (auto& shard : shards) {
        directory.point_to_all(*shard);
        live.push_back({std::move(shard), nullptr});
    }
    return live;
}

}  // namespace

BulkLoad::~BulkLoad() {
    for (const auto& [key, pile] : piles_) {
        for (std::size_t k = pile.packed; k < pile.heads.size(); ++k) routes_.release(*pile.heads[k].route);
    }
}

Applied BulkLoad::add(const TripRow& row) {
    if (!is_well_formed(row)) return Applied::malformed;
    const PackedTrip trip = pack(row, routes_);
    const TripView view = trip.view();
    piles_[BucketKey::of(view)].add(view);
    ++size_;
    return Applied::accepted;
}

std::unique_ptr<const Snapshot> BulkLoad::build(TripDirectory& directory) {
    auto snapshot = std::make_unique<Snapshot>();
    snapshot->trips = std::exchange(size_, 0);
    directory.reserve(snapshot->trips);
    std::deque<std::future<void>> packing;  // of the first piles
    auto next = piles_.begin();
    while (!piles_.empty()) {
        for (; next != piles_.end() && packing.size() < most_packings(); ++next) {
            packing.push_back(start_packing(next->second, directory));
        }
        packing.front().get();
        packing.pop_front();
        const auto pile = piles_.begin();
        snapshot->buckets.push_back(bucket_of(pile->first, live(std::move(pile->second.shards), directory)));
        piles_.erase(pile);  // at once, to free memory for the next shard
    }
    return snapshot;
}

// With the default launch policy std::async runs the packing in the waiting thread if no thread can be started.
std::future<void> BulkLoad::start_packing(Pile& pile, TripDirectory& directory) {
    return std::async([this, &pile, rooms = pile.rooms(directory)]() mutable {
        pile.pack(std::move(rooms), driver_rank_of_, routes_);
    });
}

void BulkLoad::Pile::add(const TripView& trip) {
    heads.push_back(*trip.head);
    heads.back().tail = static_cast<std::uint32_t>(later.size());
    names.push_back(*trip.name);
    later.insert(later.end(), trip.later, trip.later + trip.head->route->size() - 1);
    if (trip.place) places.push_back(*trip.place);
}

std::vector<TripView> BulkLoad::Pile::views() const {
    std::vector<TripView> views;
    views.reserve(heads.size());
    auto place = places.begin();
    for (std::size_t k = 0; k < heads.size(); ++k) {
        const bool has_place = (heads[k].bits & trip_bits::has_place) != 0;
        views.push_back({&heads[k], &names[k], later.data() + heads[k].tail, has_place ? &*place++ : nullptr});
    }
    return views;
}

std::vector<Shard::Room> BulkLoad::Pile::rooms(TripDirectory& directory) const {
    std::vector<Shard::Room> rooms;
    for (const auto part : in_parts(std::span(heads))) {
        const std::size_t end = &part.back() == &heads.back() ? later.size() : (&part.back() + 1)->tail;
        rooms.emplace_back(directory.take_number(), part.size(), end - part.front().tail);
    }
    return rooms;
}

// Runs on its own thread. If it fails, the trips packed before need no release.
void BulkLoad::Pile::pack(std::vector<Shard::Room> rooms, const DriverRankOf& driver_rank_of, RouteTable& routes) {
    if (driver_rank_of) {
        for (std::size_t k = 0; k < heads.size(); ++k) set_driver_rank(heads[k], driver_rank_of(names[k].driver));
    }
    const std::vector<TripView> trips = views();
    shards.reserve(rooms.size());
    for (const auto part : in_parts(std::span(trips))) {
        shards.push_back(std::make_shared<const Shard>(part, std::move(rooms[shards.size()]), routes));
        packed += part.size();
    }
}

}  // namespace safargo::matching
