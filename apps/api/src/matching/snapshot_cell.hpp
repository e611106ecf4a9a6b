// The place where the writer puts the newest snapshot and readers pin it, without a lock on either side.
//
// Hazard pointers: a reader writes the pointer that it is about to use into a slot of its own and looks again; if the
// newest snapshot is still that one, the writer, who reads all slots before freeing anything, cannot miss it.
// (std::atomic<std::shared_ptr> of this standard library spins on a bit, and all readers would share one counter.)
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

    Pin pin() const;                                     // any thread; keep it for one search only
    const Snapshot& newest() const;                      // writer only
    void publish(std::unique_ptr<const Snapshot> next);  // writer only

private:
    void free_unpinned();

    static constexpr std::size_t slot_count = 128;  // readers at the same time; more of them wait for one to finish
    mutable std::array<Slot, slot_count> slots_;
    std::atomic<const Snapshot*> newest_;
    std::vector<std::unique_ptr<const Snapshot>> retired_;
};

}  // namespace safargo::matching
