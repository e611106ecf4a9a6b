#include "matching/bulk_load.hpp"

#include <utility>

namespace safargo::matching {

BulkLoad::~BulkLoad() {
    for (const auto& [key, pile] : piles_) release(pile);
}

void BulkLoad::release(const Pile& pile) {
    for (const TripHead& head : pile.heads) routes_.release(*head.route);
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
    BucketBuilder builder(routes_, directory);
    while (!piles_.empty()) {
        const auto pile = piles_.begin();
        snapshot->buckets.push_back(
            builder.build(pile->first, nullptr, {.dead = {}, .arrivals = pile->second.views()}));
        release(pile->second);
        piles_.erase(pile);  // now, so that the next shard has its room
    }
    return snapshot;
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

}  // namespace safargo::matching
