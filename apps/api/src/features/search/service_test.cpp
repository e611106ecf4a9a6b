// What a searcher gets: the part of the trip, its price and seats, and only trips that they may see.
#include "features/search/service.hpp"

#include "contract/query.hpp"
#include "features/search/search_world_test.hpp"

#include <algorithm>

namespace safargo::search {
namespace {

class SearchServiceTest : public SearchWorld {
protected:
    SearchPage search(const std::string& query, std::optional<Caller> caller = {}) {
        poll();
        const auto wanted = contract::parse_query<SearchQuery>(query);
        if (!wanted) throw std::logic_error("the test's query is invalid: " + query);
        return testing::run(service.search(caller, *wanted)).value();
    }
    std::vector<FoundTrip> find(const std::string& query, std::optional<Caller> caller = {}) {
        return search(query, caller).items;
    }
    bool finds(TripId trip, const std::string& query, std::optional<Caller> caller = {}) {
        const auto items = find(query, caller);
        return std::ranges::any_of(items, [&](const FoundTrip& item) { return item.trip_id == trip; });
    }
    std::vector<FoundTrip> near(const std::string& query, std::optional<Caller> caller = {}) {
        poll();
        return testing::run(service.near(caller, contract::parse_query<NearQuery>(query).value()))->trips;
    }
    matching::TripRow leaving(Instant departure) {
        auto trip = ride();
        const auto later = departure - trip.stops.front().time;
        for (auto& stop : trip.stops) stop.time += later;
        return trip;
    }

    api::CursorSigner cursors{"a secret of at least thirty-two bytes"};
    SearchService service{database.db(), index, drivers, cursors, clock};
};

const std::string whole_way = "from=36.7538,3.0588&to=35.6971,-0.6308";
const std::string from_chlef = "from=36.1652,1.3345&to=35.6971,-0.6308";
const std::string to_chlef = "from=36.7538,3.0588&to=36.1652,1.3345";

TEST_F(SearchServiceTest, ThePartHasItsOwnPriceSeatsAndTimes) {
    const auto trip = offer(by_way_of_chlef(1, 3));
    const FoundTrip whole = find(whole_way).at(0);
    EXPECT_EQ(whole.price, Dinars{1'500});
    EXPECT_EQ(whole.seats_left, 1) << "the fuller leg decides";
    EXPECT_EQ(whole.from.stop, 0);
    EXPECT_EQ(whole.to.stop, 2);
    EXPECT_EQ(whole.duration_s, 5 * 3'600);
    const FoundTrip part = find(from_chlef).at(0);
    EXPECT_EQ(part.trip_id, trip.id);
    EXPECT_EQ(part.price, Dinars{800});
    EXPECT_EQ(part.seats_left, 3);
    EXPECT_EQ(part.from.stop, 1);
    EXPECT_EQ(part.from.label, label_of(chlef));
    EXPECT_EQ(part.departure_at, clock.now() + 26h);
    EXPECT_EQ(part.from.at, part.departure_at);
    EXPECT_EQ(part.arrival_at, clock.now() + 29h);
    EXPECT_EQ(part.to.at, part.arrival_at);
    EXPECT_EQ(part.currency, "DZD");
    EXPECT_EQ(find(to_chlef).at(0).price, Dinars{700});
}

TEST_F(SearchServiceTest, SeatsAreThoseOfThePart) {
    offer(by_way_of_chlef(1, 3));
    EXPECT_TRUE(find(whole_way + "&seats=2").empty());
    EXPECT_TRUE(find(to_chlef + "&seats=2").empty());
    EXPECT_EQ(find(from_chlef + "&seats=3").size(), 1U);
    EXPECT_TRUE(find(from_chlef + "&seats=4").empty());
    const TripId full = offer(by_way_of_chlef(0, 3)).id;
    EXPECT_FALSE(finds(full, to_chlef));
    EXPECT_FALSE(finds(full, whole_way));
    EXPECT_TRUE(finds(full, from_chlef));
}

TEST_F(SearchServiceTest, ASoldSeatIsGoneAndACancelledTripToo) {
    const TripId trip = offer();
    EXPECT_EQ(find(whole_way).at(0).seats_left, 3);
    execute(sell_seat(trip));
    EXPECT_EQ(find(whole_way).at(0).seats_left, 2);
    execute(change(trip, "status = 'cancelled'"));
    EXPECT_TRUE(find(whole_way).empty());
}

TEST_F(SearchServiceTest, OnlyInTheDirectionOfTravel) {
    offer(by_way_of_chlef());
    EXPECT_TRUE(find("from=35.6971,-0.6308&to=36.7538,3.0588").empty());
    EXPECT_TRUE(find("from=36.1652,1.3345&to=36.7538,3.0588").empty());
}

TEST_F(SearchServiceTest, DistancesAndReasonsAreGiven) {
    auto trip = ride();
    trip.booking_mode = matching::BookingMode::instant;
    trip.driver_rank.verified = true;
    trip.driver_rank.rating = 4.7F;
    offer(trip);
    const FoundTrip close = find(whole_way).at(0);
    EXPECT_EQ(close.why, (std::vector<std::string>{"nearby", "instant", "verified", "well_rated"}));
    EXPECT_EQ(close.from.distance_m, 0);
    EXPECT_EQ(close.driver.name, "Ahmed B.");
    EXPECT_EQ(close.driver.rating, 4.7);
    EXPECT_TRUE(close.instant);
    // A tenth of a degree of latitude is 11,119.5 m on this sphere.
    const FoundTrip away = find("from=36.8538,3.0588&to=35.6971,-0.6308").at(0);
    EXPECT_EQ(away.from.distance_m, 11'120);
    EXPECT_EQ(away.why, (std::vector<std::string>{"instant", "verified", "well_rated"}));
    EXPECT_LT(away.score, close.score);
    EXPECT_TRUE(find("from=36.8538,3.0588&to=35.6971,-0.6308&radius_km=11").empty());
    EXPECT_EQ(find("from=36.8538,3.0588&to=35.6971,-0.6308&radius_km=12").size(), 1U);
    const TripId plain = offer();
    for (const FoundTrip& item : find(whole_way)) {
        if (item.trip_id == plain) EXPECT_EQ(item.why, std::vector<std::string>{"nearby"});
    }
}

TEST_F(SearchServiceTest, DepartedTripsAreNotFound) {
    const TripId trip = offer(by_way_of_chlef()).id;
    clock.advance(24h - 1us);
    EXPECT_TRUE(finds(trip, whole_way));
    clock.advance(1us);
    EXPECT_FALSE(finds(trip, whole_way)) << "it leaves right now";
    EXPECT_FALSE(finds(trip, whole_way + "&date=2026-12-02")) << "though it is of that day";
    EXPECT_TRUE(finds(trip, from_chlef)) << "it passes there in two hours";
    EXPECT_EQ(near("near=36.7538,3.0588").size(), 0U);
    EXPECT_EQ(near("near=36.1652,1.3345").size(), 1U);
}

TEST_F(SearchServiceTest, WithoutADateTheNextThirtyDays) {
    const TripId last = offer(leaving(clock.now() + std::chrono::days{30} - 1s)).id;
    const TripId later = offer(leaving(clock.now() + std::chrono::days{30})).id;
    EXPECT_TRUE(finds(last, whole_way));
    EXPECT_FALSE(finds(later, whole_way));
    EXPECT_TRUE(finds(later, whole_way + "&date=2026-12-31"));
}

TEST_F(SearchServiceTest, ADateIsADayInAlgiers) {
    const TripId midnight = offer(leaving(parse_instant("2026-12-04T23:00:00Z").value())).id;
    const TripId before = offer(leaving(parse_instant("2026-12-04T22:59:59Z").value())).id;
    EXPECT_TRUE(finds(midnight, whole_way + "&date=2026-12-05"));
    EXPECT_FALSE(finds(before, whole_way + "&date=2026-12-05"));
    EXPECT_FALSE(finds(midnight, whole_way + "&date=2026-12-04"));
    EXPECT_TRUE(finds(before, whole_way + "&date=2026-12-04"));
    EXPECT_TRUE(finds(midnight, whole_way + "&date=2026-12-03&flex_days=2"));
    EXPECT_FALSE(finds(midnight, whole_way + "&date=2026-12-03&flex_days=1"));
    EXPECT_TRUE(finds(before, whole_way + "&date=2026-12-07&flex_days=3"));
    EXPECT_TRUE(finds(midnight, whole_way + "&hour_from=0&hour_to=1")) << "hours are those of Algiers, too";
    EXPECT_FALSE(finds(midnight, whole_way + "&hour_from=23"));
    EXPECT_TRUE(finds(before, whole_way + "&hour_from=23"));
    EXPECT_TRUE(finds(before, whole_way + "&hour_from=23&hour_to=1")) << "over midnight";
}

TEST_F(SearchServiceTest, WomenOnlyTripsExistForWomenAndModeratorsOnly) {
    auto trip = ride();
    trip.preferences.women_only = true;
    offer(trip);
    const auto as = [](UserId who, Role role = Role::user) { return Caller{.id = who, .session = {}, .role = role}; };
    const UserId woman = add_user("user", "female"), man = add_user("user", "male"), unknown = add_user();
    const UserId unconfirmed = add_user("user", "female");
    execute("update users set gender_confirmed_at = null where id = '" + unconfirmed.str() + "'");
    const std::string near_alger = "near=36.7538,3.0588";
    for (const auto& caller : {std::optional<Caller>{}, std::optional{as(man)}, std::optional{as(unknown)},
                               std::optional{as(unconfirmed)}, std::optional{as(UserId::make(clock.now()))}}) {
        EXPECT_TRUE(find(whole_way, caller).empty());
        EXPECT_TRUE(find(whole_way + "&women_only=true", caller).empty());
        EXPECT_EQ(search(whole_way, caller).total, 0) << "not even counted";
        EXPECT_TRUE(near(near_alger, caller).empty());
    }
    for (const auto& caller : {as(woman), as(man, Role::moderator), as(man, Role::admin)}) {
        EXPECT_EQ(find(whole_way + "&women_only=true", caller).size(), 1U);
        EXPECT_EQ(near(near_alger, caller).size(), 1U);
    }
    offer();
    EXPECT_EQ(find(whole_way, as(woman)).size(), 2U);
    EXPECT_EQ(find(whole_way + "&women_only=true", as(woman)).size(), 1U);
}

TEST_F(SearchServiceTest, NearMatchesTheOriginOnlyAndTheSoonestComeFirst) {
    const TripId late = offer(leaving(clock.now() + 48h)).id;
    const TripId soon = offer(by_way_of_chlef(2, 1)).id;
    const auto found = near("near=36.7538,3.0588&radiusKm=1");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].trip_id, soon);
    EXPECT_EQ(found[1].trip_id, late);
    EXPECT_EQ(found[0].price, Dinars{1'500}) << "as far as the seats reach";
    EXPECT_EQ(found[0].seats_left, 1);
    const auto two = near("near=36.7538,3.0588&seats=2");
    EXPECT_EQ(two.at(0).to.label, label_of(chlef));
    EXPECT_EQ(two.at(0).price, Dinars{700});
    EXPECT_TRUE(near("near=35.6971,-0.6308").empty()) << "nothing starts at the last stop";
    EXPECT_EQ(near("near=36.4,3.0588").size(), 2U) << "50 km by default";
    EXPECT_TRUE(near("near=36.4,3.0588&radiusKm=30").empty());
    EXPECT_EQ(near("near=36.7538,3.0588&date=2026-12-03").at(0).trip_id, late);
    EXPECT_EQ(near("near=36.7538,3.0588&date=2026-12-03").size(), 1U);
}

TEST_F(SearchServiceTest, NothingFoundIsAValidResult) {
    const SearchPage empty = search(whole_way);
    EXPECT_TRUE(empty.items.empty());
    EXPECT_EQ(empty.total, 0);
    EXPECT_FALSE(empty.next_cursor);
    EXPECT_TRUE(near("near=36.7538,3.0588").empty());
    EXPECT_TRUE(find(whole_way + "&date=2020-01-01").empty());
}

TEST_F(SearchServiceTest, ATripWhoseDriverIsGoneIsLeftOut) {
    offer();
    const UserId kept = offer(ride()).driver;
    EXPECT_EQ(find(whole_way).size(), 2U);
    drivers.keep_only({kept});  // as at the moment when the feed removes a driver
    EXPECT_EQ(find(whole_way).size(), 1U);
}

}  // namespace
}  // namespace safargo::search
