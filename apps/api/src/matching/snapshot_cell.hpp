// Holds the newest snapshot: published by the writer, pinned by readers, without locks.
//
// Hazard pointers: a reader writes the pointer it is about to use into its slot and checks again; if the newest
// snapshot is still the same, the writer, who reads all slots before freeing anything, cannot miss it. (This standard
// library's std::atomic<std::shared_ptr> spins on a bit, and all readers would share one counter.)
#pragma once

#include "matching/snapshot.hpp"

#include <atomic>

namespace safargo::matching {

class SnapshotCell {
    struct alignas(64) Slot {
        std::atomic<const Snapshot*> pinned{nullptr};
    };

public:
    SnapshotCell();
    ~SnapshotCell();
    SnapshotCell(const SnapshotCell&) = delete;
    SnapshotCell& operator=(const SnapshotCell&) = delete;

    class Pin {
    public:
        Pin(Slot& slot, const Snapshot& snapshot) : slot_(slot), snapshot_(snapshot) {}
        ~Pin() { slot_.pinned.store(nullptr, std::memory_order_release); }
        Pin(const Pin&) = delete;
        Pin& operator=(const Pin&) = delete;
        const Snapshot& operator*() const { return snapshot_; }
        const Snapshot* operator->() const { return &snapshot_; }

    private:
        Slot& slot_;
        const Snapshot& snapshot_;
    };

    Pin pin() const;                                     // any thread; hold it for one search only
    const Snapshot& newest() const;                      // writer only
    void publish(std::unique_ptr<const Snapshot> next);  // writer only

private:
    void free_unpinned();

    static constexpr std::size_t slot_count = 128;  // concurrent readers; further ones wait
    mutable std::array<Slot, slot_count> slots_;
    std::atomic<const Snapshot*> newest_;
    std::vector<std::unique_ptr<const Snapshot>> retired_;
};

}  // namespace safargo::matching
