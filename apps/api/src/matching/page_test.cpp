// Concatenated pages are the whole list, for every order, even with equal keys.
#include "matching/testing/random_world.hpp"
#include "matching/testing/reference_search.hpp"
#include "matching/trip_index.hpp"

#include <gtest/gtest.h>

namespace safargo::matching {
namespace {

using testing::RandomWorld;
using testing::ReferenceIndex;
using testing::Region;

constexpr auto every_sort = {Sort::relevance, Sort::departure, Sort::price, Sort::proximity, Sort::duration};

class Pages : public ::testing::TestWithParam<Sort> {
protected:
    Pages() {
        for (int k = 0; k < 600; ++k) {
            const TripRow row = world_.trip();
            index_.apply(row);
            reference_.apply(row);
        }
        index_.publish();
    }
    Query query() {
        Query query = world_.query({});
        query.to = world_.point();
        query.radius_m = 20'000;
        query.begin = RandomWorld::start();
        query.end = query.begin + std::chrono::days(20);
        query.now = query.begin;
        query.seats = 1;
        query.filters = {};
        query.sort = GetParam();
        return query;
    }
    std::vector<Match> read_all(Query query) {
        std::vector<Match> all;
        do {
            query.limit = static_cast<std::size_t>(world_.integer(1, 40));
            const Page page = index_.search(query);
            EXPECT_LE(page.items.size(), query.limit);
            EXPECT_EQ(page.next.has_value() && page.items.empty(), false);
            all.insert(all.end(), page.items.begin(), page.items.end());
            query.after = page.next;
        } while (query.after);
        return all;
    }

    RandomWorld world_{42, Region::one_town};
    TripIndex index_;
    ReferenceIndex reference_;
};

TEST_P(Pages, ConcatenatedAreTheWholeListInOrder) {
    for (int k = 0; k < 20; ++k) {
        const Query asked = query();
        const auto expected = reference_.all_matches(asked);
        ASSERT_GT(expected.size(), 300u);
        ASSERT_TRUE(read_all(asked) == expected);
    }
}

// A trip that disappears between two pages hides no other, and a new one before the cursor is not shown.
TEST_P(Pages, StayConsistentWhileTripsComeAndGo) {
    const Query asked = query();
    const auto expected = reference_.all_matches(asked);
    Query first = asked;
    first.limit = 50;
    const Page page = index_.search(first);
    ASSERT_TRUE(page.next);
    index_.remove(page.items.back().trip, 100);
    index_.remove(page.items.front().trip, 100);
    index_.publish();
    Query rest = asked;
    rest.after = page.next;
    rest.limit = 1'000;
    const Page after = index_.search(rest);
    EXPECT_EQ(after.total, expected.size() - 2);
    EXPECT_TRUE(std::equal(after.items.begin(), after.items.end(), expected.begin() + 50, expected.end()));
}

INSTANTIATE_TEST_SUITE_P(EverySort, Pages, ::testing::ValuesIn(every_sort));

}  // namespace
}  // namespace safargo::matching
