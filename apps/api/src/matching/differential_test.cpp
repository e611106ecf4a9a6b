// Compares the index with the reference: random worlds that change, with random searches between the changes.
#include "matching/testing/random_world.hpp"
#include "matching/testing/reference_search.hpp"
#include "matching/trip_index.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace safargo::matching {
namespace {

using testing::RandomWorld;
using testing::ReferenceIndex;
using testing::Region;

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text ? std::max(1, std::atoi(text)) : 1;
}

void expect_same(const Page& page, const Page& expected) {
    ASSERT_EQ(page.total, expected.total);
    ASSERT_EQ(page.items.size(), expected.items.size());
    for (std::size_t k = 0; k < page.items.size(); ++k) ASSERT_TRUE(page.items[k] == expected.items[k]) << k;
    ASSERT_EQ(page.next.has_value(), expected.next.has_value());
    if (page.next) ASSERT_TRUE(*page.next == *expected.next);
}

// One world: the index and the reference get the same batches, some rows late or twice.
class Pair {
public:
    Pair(std::uint64_t seed, Region region) : world_(seed, region) {}

    void change(int times) {
        for (int k = 0; k < times; ++k) {
            if (rows_.empty() || world_.chance(0.4)) {
                apply(world_.trip());
            } else if (world_.chance(0.2)) {
                apply(world_.reviewed(world_.pick(rows_)));
            } else if (world_.chance(0.7)) {
                apply(world_.changed(world_.pick(rows_)));
            } else {
                remove(world_.pick(rows_));
            }
        }
        index_.publish();
    }

    void compare() {
        Query query = world_.query(rows_);
        if (world_.chance(0.3)) {
            const auto first = reference_.search(query);
            query.after = first.next;
        }
        const Page expected = reference_.search(query);
        matches_ += expected.total;
        expect_same(index_.search(query), expected);
    }

    void compare_size() { ASSERT_EQ(index_.size(), reference_.trips().size()); }
    std::size_t matches() const { return matches_; }

private:
    void apply(const TripRow& row) {  // rows_ keeps old versions, so that some rows are stale
        rows_.push_back(row);
        index_.apply(row);
        reference_.apply(row);
    }
    void remove(const TripRow& row) {
        const auto version = row.version + world_.integer(-1, 2);
        index_.remove(row.id, version);
        reference_.remove(row.id, version);
    }

    RandomWorld world_;
    TripIndex index_;
    ReferenceIndex reference_;
    std::vector<TripRow> rows_;
    std::size_t matches_ = 0;
};

class Differential : public ::testing::TestWithParam<Region> {};

TEST_P(Differential, TheIndexEqualsTheReference) {
    std::size_t matches = 0;
    const int worlds = 13 * scale();
    for (int seed = 1; seed <= worlds; ++seed) {
        Pair pair(static_cast<std::uint64_t>(seed) * 10 + static_cast<std::uint64_t>(GetParam()), GetParam());
        pair.change(300);
        for (int round = 0; round < 20; ++round) {
            SCOPED_TRACE(::testing::Message() << "seed " << seed << ", round " << round);
            for (int k = 0; k < 10; ++k) {
                pair.compare();
                if (HasFatalFailure()) return;
            }
            pair.compare_size();
            pair.change(round % 3 == 0 ? 1 : 40);
        }
        matches += pair.matches();
    }
    RecordProperty("matches", static_cast<int>(matches));
    EXPECT_GT(matches, static_cast<std::size_t>(worlds) * 600) << "the worlds are too empty to prove anything";
}

INSTANTIATE_TEST_SUITE_P(Regions, Differential,
                         ::testing::Values(Region::algeria, Region::one_town, Region::antimeridian, Region::pole));

// Large enough for several shards and merges in one bucket, and for marking both sides.
TEST(DifferentialAtSize, ManyTripsInOneTownEqualTheReference) {
    RandomWorld world(7, Region::one_town);
    TripIndex index;
    ReferenceIndex reference;
    std::vector<TripRow> rows;
    for (int k = 0; k < 4'000; ++k) {
        rows.push_back(world.trip());
        index.apply(rows.back());
        reference.apply(rows.back());
        if (k % 97 == 0) index.publish();
    }
    index.publish();
    for (int k = 0; k < 40 * scale(); ++k) {
        const Query query = world.query(rows);
        expect_same(index.search(query), reference.search(query));
        if (HasFatalFailure()) return;
    }
}

}  // namespace
}  // namespace safargo::matching
