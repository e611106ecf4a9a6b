#include "matching/snapshot_cell.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

// Where this thread starts looking for a free slot: threads with slots of their own share no cache line.
std::size_t own_slot() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t own = threads.fetch_add(1, std::memory_order_relaxed);
    return own;
}

}  // namespace

SnapshotCell::SnapshotCell() : newest_(new Snapshot) {}

SnapshotCell::~SnapshotCell() {
    delete newest_.load();
}

SnapshotCell::Pin SnapshotCell::pin() const {
    for (std::size_t k = own_slot();; ++k) {
        Slot& slot = slots_[k % slot_count];
        const Snapshot* seen = newest_.load();
        const Snapshot* free = nullptr;
        if (!slot.pinned.compare_exchange_strong(free, seen)) continue;
        for (const Snapshot* now = newest_.load(); now != seen; now = newest_.load()) {
            slot.pinned.store(now);
            seen = now;
        }
        return Pin(slot, *seen);
    }
}

const Snapshot& SnapshotCell::newest() const {
    return *newest_.load(std::memory_order_relaxed);
}

void SnapshotCell::publish(std::unique_ptr<const Snapshot> next) {
    retired_.emplace_back(newest_.exchange(next.release()));
    free_unpinned();
}

void SnapshotCell::free_unpinned() {
    std::vector<const Snapshot*> pinned;
    for (const Slot& slot : slots_) {
        if (const Snapshot* snapshot = slot.pinned.load()) pinned.push_back(snapshot);
    }
    std::erase_if(retired_,
                  [&](const auto& snapshot) { return std::ranges::find(pinned, snapshot.get()) == pinned.end(); });
}

}  // namespace safargo::matching
