// The whole search against plain SQL and PostGIS on the same rows: random worlds that reach the index through the feed,
// random queries through the service and its cursors. The radius is whole kilometres and towns are anywhere, so the
// odds of a distance on the border are one in ten thousand runs; matching/differential_test tests borders. It also
// tests the pole, where equal distances differ in their last bit, since one point has every longitude there.
#include "features/search/postgis_answers_test.hpp"
#include "features/search/search_world_test.hpp"
#include "features/search/service.hpp"
#include "matching/testing/random_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace safargo::search {
namespace {

using matching::TripRow;
using matching::testing::RandomWorld;
using matching::testing::Region;

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text ? std::max(1, std::atoi(text)) : 1;
}

class PostgisDifferential : public SearchWorld {
protected:
    PostgisDifferential() {
        execute("create extension postgis");
        poll();
    }

    // Half of the trips exist when the feed loads; the others are added, and some change or go, while it polls.
    void fill(RandomWorld& world) {
        std::string sql = "update trips set status = 'cancelled', version = version + 1 where status = 'open';";
        for (int k = 0; k < 70; ++k) {
            trips_.push_back(world.trip());
            sql += insert_trip(trips_.back());
        }
        execute(sql);
        poll();
        sql.clear();
        for (TripRow& trip : trips_) {
            if (!world.chance(0.4)) continue;
            trip = world.changed(trip);
            sql += rewrite_trip(trip);
        }
        sql += change(trips_.back().id, "status = 'in_progress'");
        execute(sql);
        poll();
        ASSERT_EQ(index.size(), trips_.size() - 1);
    }

    Question question(RandomWorld& world);
    SearchQuery wanted(RandomWorld& world);
    void add_filters(RandomWorld& world, SearchQuery& query);
    std::vector<FoundTrip> answer(RandomWorld& world, const Question& asked, std::size_t expected);
    void compare(RandomWorld& world, int questions);

    std::vector<TripRow> trips_;
    std::size_t matches_ = 0;
    api::CursorSigner cursors_{"a secret of at least thirty-two bytes"};
    SearchService service_{database.db(), index, drivers, cursors_, clock};
    UserId woman_ = add_user("user", "female"), man_ = add_user("user", "male");
};

template <class B>
B bounded(RandomWorld& world, std::int64_t least = B::min, std::int64_t most = B::max) {
    return B::from(world.integer(least, most)).value();
}

template <class E>
E any_of(RandomWorld& world, int words) {
    return static_cast<E>(world.integer(0, words - 1));
}

void PostgisDifferential::add_filters(RandomWorld& world, SearchQuery& query) {
    if (world.chance(0.15)) query.price_max = Dinars{world.integer(0, 40) * 50};
    if (world.chance(0.15)) query.hour_from = bounded<Bounded<0, 23>>(world);
    if (world.chance(0.15)) query.hour_to = bounded<Bounded<1, 24>>(world);
    if (query.hour_from && query.hour_to && query.hour_from->value() == query.hour_to->value()) query.hour_to.reset();
    for (auto* flag : {&query.instant, &query.verified, &query.women_only, &query.smoking, &query.pets, &query.music,
                       &query.max_two_back}) {
        if (world.chance(0.06)) *flag = world.chance(0.5);
    }
    if (world.chance(0.06)) query.talk = any_of<Talk>(world, 3);
    if (world.chance(0.1)) query.luggage = any_of<Luggage>(world, 4);
    if (world.chance(0.1))
        query.min_rating = LeastRating::parse(fmt::format("{:.2f}", 0.01 * world.integer(100, 500))).value();
    const TripRow& trip = world.pick(trips_);
    if (world.chance(0.06) && trip.place) query.place_id = trip.place;
}

SearchQuery PostgisDifferential::wanted(RandomWorld& world) {
    SearchQuery query;
    const TripRow& trip = world.pick(trips_);
    query.from = world.chance(0.5) ? world.point() : trip.stops.front().at;
    query.to = world.chance(0.5) ? world.point() : trip.stops.back().at;
    if (world.chance(0.7)) query.date = LocalDate::of(world.pick(trip.stops).time);
    if (world.chance(0.5)) query.flex_days = bounded<Bounded<0, 7>>(world);
    if (world.chance(0.4)) query.seats = bounded<SeatCount>(world, 1, world.chance(0.7) ? 3 : 8);
    if (world.chance(0.7)) query.radius_km = bounded<Bounded<1, 100>>(world, 1, world.chance(0.7) ? 30 : 100);
    if (world.chance(0.9)) query.sort = any_of<SortBy>(world, 5);
    if (world.chance(0.5)) add_filters(world, query);
    return query;
}

Question PostgisDifferential::question(RandomWorld& world) {
    Question asked{.wanted = wanted(world), .near = world.chance(0.1)};
    if (asked.near) {
        const SearchQuery& query = asked.wanted;
        asked.wanted = {.from = query.from, .date = query.date, .seats = query.seats, .radius_km = query.radius_km};
    }
    asked.now = RandomWorld::start() + (world.chance(0.6) ? -48h : world.integer(0, 24 * 10) * 1h);
    if (world.chance(0.2)) asked.now = world.pick(world.pick(trips_).stops).time;
    const auto who = world.integer(0, 9);
    if (who < 4) asked.caller = Caller{.id = man_, .session = {}, .role = Role::moderator};
    if (who == 4) asked.caller = Caller{.id = woman_, .session = {}};
    if (who == 5) asked.caller = Caller{.id = man_, .session = {}};
    asked.sees_women_only = who <= 4;
    return asked;
}

// All pages put together.
std::vector<FoundTrip> PostgisDifferential::answer(RandomWorld& world, const Question& asked, std::size_t expected) {
    clock.set(asked.now);
    SearchQuery query = asked.wanted;
    if (asked.near) {
        const NearQuery near{.near = query.from, .radiusKm = query.radius_km, .date = query.date, .seats = query.seats};
        return testing::run(service_.near(asked.caller, near))->trips;
    }
    std::vector<FoundTrip> all;
    do {
        if (world.chance(0.9)) query.limit = bounded<Bounded<1, 100>>(world);
        const auto page = testing::run(service_.search(asked.caller, query));
        EXPECT_EQ(static_cast<std::size_t>(page->total), expected);
        EXPECT_LE(page->items.size(), query.limit ? static_cast<std::size_t>(query.limit->value()) : 20U);
        all.insert(all.end(), page->items.begin(), page->items.end());
        query.cursor.reset();
        if (page->next_cursor) query.cursor = Text<512>::parse(*page->next_cursor).value();
    } while (query.cursor && all.size() <= expected);
    return all;
}

std::string line(const FoundTrip& found) {
    return fmt::format("{} {}-{} {} DA {} seats {}..{} {} {} by {}", found.trip_id.str(), found.from.stop,
                       found.to.stop, found.price.amount, found.seats_left, format_instant(found.departure_at),
                       format_instant(found.arrival_at), found.from.label, found.to.label, found.driver.id.str());
}

std::string line(const Expected& found) {
    return fmt::format("{} {}-{} {} DA {} seats {}..{} {} {} by {}", found.trip.str(), found.from_stop, found.to_stop,
                       found.price.amount, found.seats_left, format_instant(found.departure),
                       format_instant(found.arrival), found.from_label, found.to_label, found.driver.str());
}

// Scores come in steps of 1/10,000; PostgreSQL's own are compared before that rounding, so their order is ours.
void sort_by_our_scores(std::vector<Expected>& expected, const std::vector<FoundTrip>& found) {
    std::map<TripId, double> scores;
    for (const FoundTrip& trip : found) scores[trip.trip_id] = trip.score;
    std::ranges::sort(expected, {}, [&](const Expected& trip) { return std::pair(-scores[trip.trip], trip.trip); });
}

void expect_same(const std::vector<FoundTrip>& found, const std::vector<Expected>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t k = 0; k < found.size(); ++k) {
        ASSERT_EQ(line(found[k]), line(expected[k])) << "at " << k;
        ASSERT_NEAR(static_cast<double>(found[k].from.distance_m), expected[k].from_m, 0.5001);
        ASSERT_NEAR(static_cast<double>(found[k].to.distance_m), expected[k].to_m, 0.5001);
        ASSERT_NEAR(found[k].score, expected[k].score, 0.000051);
    }
}

void PostgisDifferential::compare(RandomWorld& world, int questions) {
    std::vector<Question> asked;
    for (int k = 0; k < questions; ++k) asked.push_back(question(world));
    db::BlockingConnection connection(database.url());
    auto answers = ask_postgis(connection, asked);
    for (std::size_t n = 0; n < asked.size(); ++n) {
        SCOPED_TRACE(::testing::Message() << "question " << n << (asked[n].near ? " near" : "") << " sorted by "
                                          << contract::enum_name(asked[n].wanted.sort.value_or(SortBy::relevance)));
        const auto found = answer(world, asked[n], answers[n].size());
        if (asked[n].near) {
            answers[n].resize(std::min<std::size_t>(answers[n].size(), 100));
        } else if (asked[n].wanted.sort.value_or(SortBy::relevance) == SortBy::relevance) {
            sort_by_our_scores(answers[n], found);
        }
        expect_same(found, answers[n]);
        if (HasFailure()) return;
        matches_ += answers[n].size();
    }
}

TEST_F(PostgisDifferential, TenThousandSearchesAgreeWithPostgis) {
    const int worlds = 30 * scale();
    for (int seed = 0; seed < worlds; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        RandomWorld world(static_cast<std::uint64_t>(seed), static_cast<Region>(seed % 3));
        trips_.clear();
        fill(world);
        compare(world, 350);
        if (HasFailure()) return;
    }
    RecordProperty("matches", static_cast<int>(matches_));
    EXPECT_GT(matches_, static_cast<std::size_t>(worlds) * 500) << "the worlds are too empty to prove anything";
}

}  // namespace
}  // namespace safargo::search
