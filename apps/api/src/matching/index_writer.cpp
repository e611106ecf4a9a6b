#include "matching/index_writer.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::matching {

IndexWriter::~IndexWriter() {
    drop_waiting();
}

Applied IndexWriter::apply(const TripRow& row) {
    const auto before = known(row.id);
    if (before && !is_news(row, *before)) return Applied::stale;
    if (!is_well_formed(row)) {
        enqueue(row.id, {row.version, std::nullopt});
        return Applied::malformed;
    }
    enqueue(row.id, {row.version, pack(row, routes_)});
    return Applied::accepted;
}

Applied IndexWriter::remove(TripId trip, std::int64_t version) {
    const auto before = known(trip);
    if (before && (version < before->version || (version == before->version && !before->trip))) return Applied::stale;
    enqueue(trip, {version, std::nullopt});
    return Applied::accepted;
}

std::optional<IndexWriter::Known> IndexWriter::known(TripId trip) const {
    if (const auto found = waiting_.find(trip); found != waiting_.end()) {
        const auto& packed = found->second.trip;
        return Known{found->second.version, packed ? &packed->head : nullptr};
    }
    if (const auto found = directory_.find(trip)) {
        return Known{found->shard->name(found->place).version, &found->shard->head(found->place)};
    }
    if (const auto found = removed_.find(trip); found != removed_.end()) return Known{found->second, nullptr};
    return std::nullopt;
}

// A driver's rank changes without a new version of their trips. Rows that change nothing are skipped, since packing
// them again would cost as much as a change.
bool IndexWriter::is_news(const TripRow& row, const Known& before) {
    if (row.version != before.version) return row.version > before.version;
    return before.trip && !has_driver_rank(*before.trip, row.driver_rank);
}

void IndexWriter::enqueue(TripId trip, Waiting change) {
    const auto [at, is_new] = waiting_.try_emplace(trip, change);
    if (is_new) return;
    if (at->second.trip) routes_.release(*at->second.trip->head.route);
    at->second = change;
}

std::map<BucketKey, BucketChange> IndexWriter::sort_waiting() {
    std::map<BucketKey, BucketChange> changes;
    for (const auto& [trip, change] : waiting_) {
        if (const auto found = directory_.find(trip)) {
            changes[BucketKey::of(found->shard->view(found->place))].dead.push_back(*found);
            directory_.erase(trip);  // at once: its shard may be freed before the trip's new bucket is built
        }
        if (change.trip) {
            changes[BucketKey::of(change.trip->view())].arrivals.push_back(change.trip->view());
            removed_.erase(trip);
        } else {
            removed_[trip] = change.version;
        }
    }
    return changes;
}

std::unique_ptr<const Snapshot> IndexWriter::next(const Snapshot& newest) {
    if (waiting_.empty()) return nullptr;
    auto snapshot = std::make_unique<Snapshot>();
    BucketBuilder builder(routes_, directory_);
    auto old = newest.buckets.begin();
    for (const auto& [key, change] : sort_waiting()) {
        for (; old != newest.buckets.end() && (*old)->key < key; ++old) snapshot->buckets.push_back(*old);
        const bool exists = old != newest.buckets.end() && (*old)->key == key;
        if (auto bucket = builder.build(key, exists ? old->get() : nullptr, change)) {
            snapshot->buckets.push_back(std::move(bucket));
        }
        if (exists) ++old;
    }
    snapshot->buckets.insert(snapshot->buckets.end(), old, newest.buckets.end());
    snapshot->trips = directory_.size();
    drop_waiting();
    return snapshot;
}

std::unique_ptr<BulkLoad> IndexWriter::start_bulk_load() {
    return knows_nothing() ? std::make_unique<BulkLoad>(routes_) : nullptr;
}

std::unique_ptr<const Snapshot> IndexWriter::first(BulkLoad& load) {
    if (!knows_nothing()) throw std::logic_error("a bulk load needs an empty index");
    return load.build(directory_);
}

void IndexWriter::drop_waiting() {
    for (const auto& [trip, change] : waiting_) {
        if (change.trip) routes_.release(*change.trip->head.route);
    }
    waiting_.clear();
}

IndexStats IndexWriter::stats(const Snapshot& newest) const {
    IndexStats stats{.trips = newest.trips,
                     .routes = routes_.size(),
                     .trip_bytes = directory_.bytes() + removed_.bucket_count() * (sizeof(TripId) + 9),
                     .route_bytes = routes_.bytes()};
    for (const auto& bucket : newest.buckets) {
        stats.shards += bucket->shards.size();
        for (const LiveShard& live : bucket->shards) {
            stats.trip_bytes += live.shard->bytes() + (live.dead ? live.dead->bytes() : 0);
        }
    }
    return stats;
}

}  // namespace safargo::matching
