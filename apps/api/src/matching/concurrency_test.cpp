// One writer, several readers: every search sees a single complete batch. Meant for the thread sanitizer.
#include "matching/bulk_load.hpp"
#include "matching/testing/random_world.hpp"
#include "matching/trip_index.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

namespace safargo::matching {
namespace {

using namespace std::chrono_literals;
using testing::RandomWorld;
using testing::Region;

constexpr LatLng alger{36.7538, 3.0588};
constexpr LatLng oran{35.6971, -0.6308};

// Batch b gives every trip the price b and rotates trips b, b+1, ... of a ring in and out, so that their number is
// constant.
class Ring {
public:
    static constexpr std::size_t trips = 300;
    static constexpr std::size_t present = 250;

    explicit Ring(TripIndex& index) : index_(index), world_(5, Region::algeria) {
        for (std::size_t k = 0; k < trips; ++k) ids_.push_back(world_.trip().id);
    }

    void publish(std::int64_t batch) {
        for (std::size_t k = 0; k < trips; ++k) {
            const TripId id = ids_[(static_cast<std::size_t>(batch) * 7 + k) % trips];
            if (k < present) {
                index_.apply(row(id, batch, static_cast<int>(k)));
            } else {
                index_.remove(id, batch);
            }
        }
        index_.publish();
    }

    // The same trips as publish(1) in an empty index.
    void load() {
        auto load = index_.start_bulk_load();
        for (std::size_t k = 0; k < present; ++k) load->add(row(ids_[(7 + k) % trips], 1, static_cast<int>(k)));
        index_.publish(std::move(load));
    }

    static Query query() {
        return {.from = alger,
                .to = oran,
                .begin = RandomWorld::start(),
                .end = RandomWorld::start() + 100h,
                .sort = Sort::price,
                .limit = trips};
    }

private:
    static TripRow row(TripId id, std::int64_t batch, int k) {
        TripRow row;
        row.id = id;
        row.version = batch;
        const Instant start = RandomWorld::start() + (k % 72) * 1h;
        row.stops = {{alger, start, {0}}, {oran, start + 5h, {batch}}};
        if (batch % 3 == 0) row.stops.insert(row.stops.begin() + 1, {{36.2, 1.3}, start + 2h, {batch / 2}});
        row.leg_seats.assign(row.stops.size() - 1, 3);
        return row;
    }

    TripIndex& index_;
    RandomWorld world_;
    std::vector<TripId> ids_;
};

struct Reader {
    std::int64_t searches = 0;
    std::int64_t torn = 0;  // searches that saw parts of two batches
    std::int64_t went_back = 0;

    void read(const TripIndex& index, const std::atomic<bool>& done) {
        std::int64_t newest = 0;
        do {
            const Page page = index.search(Ring::query());
            const auto batch = page.items.empty() ? -1 : page.items.front().price.amount;
            torn += page.total != Ring::present || page.items.back().price.amount != batch;
            went_back += batch < newest;
            newest = batch;
            ++searches;
        } while (!done.load());
    }
};

TEST(Concurrency, ReadersSeeWholeBatchesInOrder) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    const std::int64_t batches = 300 * (scale ? std::max(1, std::atoi(scale)) : 1);
    TripIndex index;
    Ring ring(index);
    ring.publish(1);
    std::atomic<bool> done{false};
    std::array<Reader, 4> readers;
    {
        std::vector<std::jthread> threads;
        for (Reader& reader : readers) threads.emplace_back([&] { reader.read(index, done); });
        for (std::int64_t batch = 2; batch <= batches; ++batch) ring.publish(batch);
        done = true;
    }
    for (const Reader& reader : readers) {
        EXPECT_GT(reader.searches, 0);
        EXPECT_EQ(reader.torn, 0);
        EXPECT_EQ(reader.went_back, 0);
    }
    EXPECT_EQ(index.search(Ring::query()).items.front().price, Dinars{batches});
}

TEST(Concurrency, ReadersSeeNoneOrAllOfABulkLoad) {
    for (int round = 0; round < 20; ++round) {
        TripIndex index;
        Ring ring(index);
        std::atomic<std::int64_t> torn{0};
        {
            std::vector<std::jthread> threads;
            for (int k = 0; k < 3; ++k) {
                threads.emplace_back([&] {
                    std::size_t total = 0;
                    while (total == 0) total = index.search(Ring::query()).total;
                    torn += total != Ring::present;
                });
            }
            ring.load();
        }
        EXPECT_EQ(torn, 0);
    }
}

// More readers than pin slots: the rest wait for a slot, and no reader sees freed memory.
TEST(Concurrency, MoreReadersThanSlots) {
    TripIndex index;
    Ring ring(index);
    ring.publish(1);
    std::atomic<std::int64_t> torn{0};
    {
        std::vector<std::jthread> threads;
        for (int k = 0; k < 160; ++k) {
            threads.emplace_back([&] {
                for (int n = 0; n < 5; ++n) torn += index.search(Ring::query()).total != Ring::present;
            });
        }
        for (std::int64_t batch = 2; batch <= 40; ++batch) ring.publish(batch);
    }
    EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace safargo::matching
