#include "matching/trip_index.hpp"

#include "matching/index_writer.hpp"
#include "matching/search.hpp"
#include "matching/snapshot_cell.hpp"

namespace safargo::matching {

TripIndex::TripIndex() : published_(std::make_unique<SnapshotCell>()), writer_(std::make_unique<IndexWriter>()) {}

// The snapshots' shards release their routes to the writer's table, so they are destroyed first.
TripIndex::~TripIndex() {
    published_.reset();
}

Applied TripIndex::apply(const TripRow& row) {
    return writer_->apply(row);
}

Applied TripIndex::remove(TripId trip, std::int64_t version) {
    return writer_->remove(trip, version);
}

void TripIndex::publish() {
    if (auto next = writer_->next(published_->newest())) published_->publish(std::move(next));
}

std::unique_ptr<BulkLoad> TripIndex::start_bulk_load() {
    return writer_->start_bulk_load();
}

void TripIndex::publish(std::unique_ptr<BulkLoad> load) {
    published_->publish(writer_->first(*load));
}

void TripIndex::forget_removed() {
    writer_->forget_removed();
}

IndexStats TripIndex::stats() const {
    return writer_->stats(published_->newest());
}

void TripIndex::for_each_trip(const std::function<void(const TripName&)>& visit) const {
    for (const auto& bucket : published_->newest().buckets) {
        for (const LiveShard& live : bucket->shards) {
            for (std::size_t k = 0; k < live.shard->size(); ++k) {
                if (!live.is_dead(static_cast<Slot>(k))) visit(live.shard->name(static_cast<Slot>(k)));
            }
        }
    }
}

Page TripIndex::search(const Query& query) const {
    const auto snapshot = published_->pin();
    return matching::search(*snapshot, query);
}

std::size_t TripIndex::size() const {
    return published_->pin()->trips;
}

}  // namespace safargo::matching
