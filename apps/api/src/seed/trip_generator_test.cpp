#include "seed/trip_generator.hpp"

#include "geo/service_area.hpp"
#include "geo/town_names.hpp"
#include "seed/demand_calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace safargo::seed {
namespace {

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text ? std::max(1, std::atoi(text)) : 1;
}

LocalDate date(std::string_view text) {
    return LocalDate::parse(text).value();
}

const LocalDate sunday = date("2026-10-11");

LocalDate day_after(LocalDate day, int days) {
    return {day.days + std::chrono::days{days}};
}

struct World {
    geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
    geo::RoadGraph roads = geo::RoadGraph::load(SAFARGO_DATA_DIR);
    std::vector<WilayaPair> pairs = read_wilaya_pairs(SAFARGO_DATA_DIR);
    DemandModel demand{gazetteer, roads, pairs};

    std::int64_t km(int a, int b) const {
        const auto pair = std::ranges::find_if(
            pairs, [&](const WilayaPair& p) { return (p.from == a && p.to == b) || (p.from == b && p.to == a); });
        return pair == pairs.end() ? 0 : pair->km;
    }
    TripGenerator generator(std::size_t trips, TripPlan plan = {}) const {
        plan.trips_in_30_days = trips;
        for (const geo::Place& place : gazetteer.places()) plan.places[place.slug] = PlaceId::make(Instant{});
        return {demand, make_drivers(plan.seed, drivers_for(trips), gazetteer), plan};
    }
};

const World& world() {
    static const World algeria;
    return algeria;
}

geo::DirectRoads direct_roads(const trips::Trip& trip) {
    std::vector<LatLng> points;
    for (const trips::Stop& stop : trip.stops) points.push_back(stop.where);
    return world().roads.direct_roads(points);
}

std::vector<trips::Trip> month(const TripGenerator& generator, LocalDate first) {
    std::vector<trips::Trip> all;
    for (int i = 0; i < 30; ++i) {
        auto trips = generator.day(day_after(first, i));
        std::ranges::move(trips, std::back_inserter(all));
    }
    return all;
}

TEST(DemandModel, SharesByDistanceMatchTheModel) {
    Random random{11};
    std::map<int, double> shares;
    int journeys = 0;
    for (int i = 0; i < 2'500 * scale(); ++i) {
        const Itinerary itinerary = world().demand.draw(sunday, random);
        if (itinerary.place != nullptr) continue;
        ++journeys;
        const std::int64_t km = world().km(itinerary.from_wilaya, itinerary.to_wilaya);
        ++shares[km < 50 ? 50 : km < 100 ? 100 : km < 200 ? 200 : km < 400 ? 400 : km < 800 ? 800 : 9'999];
    }
    for (auto& [limit, share] : shares) share /= journeys;
    EXPECT_NEAR(shares[50], 0.16, 0.03);
    EXPECT_NEAR(shares[100], 0.26, 0.03);
    EXPECT_NEAR(shares[200], 0.27, 0.03);
    EXPECT_NEAR(shares[400], 0.19, 0.03);
    EXPECT_NEAR(shares[800], 0.10, 0.02);
    EXPECT_NEAR(shares[9'999], 0.02, 0.01);
}

TEST(DemandModel, StopsFollowTheRoadAndLongRoutesConnectCapitals) {
    Random random{12};
    std::map<std::size_t, int> by_stops;
    for (int i = 0; i < 800; ++i) {
        const Itinerary itinerary = world().demand.draw(sunday, random);
        ++by_stops[itinerary.stops.size()];
        ASSERT_EQ(itinerary.route.legs.size() + 1, itinerary.stops.size());
        for (const Waypoint& stop : itinerary.stops) {
            EXPECT_FALSE(stop.label.empty());
            const bool remote = world().gazetteer.nearest_commune(stop.where).distance_m > 30'000;
            EXPECT_EQ(world().gazetteer.commune(stop.commune_id) == nullptr, remote) << stop.label;
        }
        const auto direct = world().roads.route(itinerary.stops.front().where, itinerary.stops.back().where);
        EXPECT_LE(static_cast<double>(itinerary.route.duration_s), 1.16 * static_cast<double>(direct.duration_s));
        if (itinerary.place == nullptr && world().km(itinerary.from_wilaya, itinerary.to_wilaya) > 400) {
            EXPECT_EQ(itinerary.stops.front().where, world().gazetteer.wilaya(itinerary.from_wilaya)->position);
            EXPECT_EQ(itinerary.stops.back().where, world().gazetteer.wilaya(itinerary.to_wilaya)->position);
        }
    }
    EXPECT_GT(by_stops[2], 250);
    EXPECT_GT(by_stops[3], 80);
    EXPECT_GT(by_stops[4], 25);
    EXPECT_EQ(by_stops[2] + by_stops[3] + by_stops[4], 800);
}

TEST(DemandModel, PeopleLeaveTheBigCitiesOnThursdayAndReturnOnSaturday) {
    const auto outward = [](LocalDate day) {
        const std::set<int> big{16, 31, 25, 23, 30};
        Random random{13};
        double out = 0, back = 0;
        for (int i = 0; i < 1'500; ++i) {
            const Itinerary itinerary = world().demand.draw(day, random);
            if (itinerary.place != nullptr || big.contains(itinerary.from_wilaya) == big.contains(itinerary.to_wilaya))
                continue;
            ++(big.contains(itinerary.from_wilaya) ? out : back);
        }
        return out / (out + back);
    };
    EXPECT_NEAR(outward(sunday), 0.5, 0.05);
    EXPECT_NEAR(outward(date("2026-10-15")), 0.6, 0.05);
    EXPECT_NEAR(outward(date("2026-10-17")), 0.4, 0.05);
}

TEST(DemandModel, SummerTripsGoToTheSea) {
    const auto to_the_coast = [](LocalDate day) {
        const std::set<int> coast{2, 6, 13, 15, 16, 18, 21, 23, 27, 31, 35, 36, 42, 46};
        Random random{14};
        int arrivals = 0;
        for (int i = 0; i < 1'500; ++i) {
            const Itinerary itinerary = world().demand.draw(day, random);
            arrivals += itinerary.place == nullptr && coast.contains(itinerary.to_wilaya);
        }
        return arrivals;
    };
    EXPECT_GT(to_the_coast(date("2026-08-09")), to_the_coast(sunday) * 1.1);
}

TEST(TripGenerator, TheSameSeedAndDayGiveTheSameTrips) {
    const TripGenerator generator = world().generator(2'000), again = world().generator(2'000);
    const auto a = generator.day(sunday), b = again.day(sunday);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].id, b[i].id);
        EXPECT_EQ(a[i].driver, b[i].driver);
        EXPECT_EQ(a[i].polyline, b[i].polyline);
        EXPECT_EQ(a[i].stops.back().price, b[i].stops.back().price);
    }
    TripPlan other;
    other.seed = 2;
    EXPECT_NE(world().generator(2'000, other).day(sunday).at(0).id, a.at(0).id);
}

TEST(TripGenerator, AMonthHasAboutTheRequestedNumber) {
    const auto trips = month(world().generator(2'000), sunday);
    EXPECT_NEAR(static_cast<double>(trips.size()), 2'000, 100);
    std::set<TripId> ids;
    for (const trips::Trip& trip : trips) ids.insert(trip.id);
    EXPECT_EQ(ids.size(), trips.size());
}

TEST(TripGenerator, EveryTripFollowsTheRulesOfTrips) {
    for (const trips::Trip& trip : month(world().generator(600), sunday)) {
        ASSERT_GE(trip.stops.size(), 2U);
        ASSERT_LE(trip.stops.size(), 4U);
        EXPECT_EQ(trip.leg_seats_left, std::vector<int>(trip.stops.size() - 1, trip.seats));
        EXPECT_GE(trip.seats, 1);
        EXPECT_LE(trip.seats, 4);
        EXPECT_EQ(trip.stops.front().price, Dinars{0});
        for (std::size_t i = 1; i < trip.stops.size(); ++i) {
            EXPECT_LT(trip.stops[i - 1].at, trip.stops[i].at);
            EXPECT_LT(trip.stops[i - 1].price, trip.stops[i].price);
        }
        std::vector<Dinars> prices;
        for (const trips::Stop& stop : trip.stops) prices.push_back(stop.price);
        EXPECT_EQ(geo::find_price_above_cap(prices, direct_roads(trip), geo::FareRate{}), std::nullopt);
        EXPECT_LT(trip.created_at, trip.departure() - std::chrono::days{30});
    }
}

// The demo has no trips that publishing would refuse (features/trips/plausible.hpp).
TEST(TripGenerator, EveryStopIsWhereItsLabelSays) {
    const geo::ServiceArea area(world().roads);
    const geo::TownNames towns(world().gazetteer.data());
    constexpr double reach_m = 30'000, turning_back_m = 5'000;
    for (const trips::Trip& trip : month(world().generator(3'000), sunday)) {
        for (std::size_t i = 0; i < trip.stops.size(); ++i) {
            const trips::Stop& stop = trip.stops[i];
            EXPECT_TRUE(area.contains(stop.where)) << stop.label;
            EXPECT_LE(towns.nearest_m(stop.label, stop.where).value_or(0), reach_m) << stop.label;
            const geo::Town* commune = world().gazetteer.commune(stop.commune_id);
            if (commune != nullptr) EXPECT_LE(distance_m(commune->position, stop.where), reach_m) << stop.label;
            if (i > 1) EXPECT_GT(distance_m(trip.stops[0].where, stop.where), turning_back_m) << stop.label;
        }
    }
}

TEST(TripGenerator, NoDriverOverlapsOrExceedsFourADay) {
    // Includes a feast: the busiest days.
    const auto trips = month(world().generator(2'500), date("2026-03-08"));
    std::map<UserId, std::vector<const trips::Trip*>> by_driver;
    for (const trips::Trip& trip : trips) by_driver[trip.driver].push_back(&trip);
    EXPECT_GT(by_driver.size(), 100U);
    for (auto& [driver, drives] : by_driver) {
        std::ranges::sort(drives, {}, [](const trips::Trip* trip) { return trip->departure(); });
        std::map<LocalDate, int> per_day;
        for (std::size_t i = 0; i < drives.size(); ++i) {
            EXPECT_LE(++per_day[LocalDate::of(drives[i]->departure())], 4);
            if (i > 0) EXPECT_LT(drives[i - 1]->arrival(), drives[i]->departure());
        }
    }
}

TEST(TripGenerator, OffersAMixture) {
    const TripGenerator generator = world().generator(2'000);
    std::set<UserId> confirmed_women;
    for (const DemoDriver& driver : generator.drivers())
        if (driver.may_offer_women_only()) confirmed_women.insert(driver.id);
    std::map<std::string, int> seen;
    const auto trips = month(generator, sunday);
    for (const trips::Trip& trip : trips) {
        seen["instant"] += trip.booking_mode == trips::BookingMode::instant;
        seen["smoking"] += trip.preferences.smoking;
        seen["place"] += trip.place.has_value();
        seen["note"] += trip.note.has_value();
        ++seen["seats" + std::to_string(trip.seats)];
        if (!trip.preferences.women_only) continue;
        ++seen["women_only"];
        EXPECT_TRUE(confirmed_women.contains(trip.driver));
    }
    const auto share = [&](const char* what) { return seen[what] / static_cast<double>(trips.size()); };
    EXPECT_NEAR(share("instant"), 0.6, 0.05);
    EXPECT_NEAR(share("smoking"), 0.15, 0.04);
    EXPECT_NEAR(share("place"), 0.08, 0.03);
    EXPECT_GT(share("women_only"), 0.02);
    EXPECT_LT(share("women_only"), 0.15);
    EXPECT_GT(share("note"), 0.1);
    for (const auto& [seats, wanted] : {std::pair("seats1", 0.1), {"seats2", 0.3}, {"seats3", 0.4}, {"seats4", 0.2}})
        EXPECT_NEAR(share(seats), wanted, 0.05) << seats;
}

TEST(TripGenerator, LoadsShareTheirRoutes) {
    TripPlan plan;
    plan.shared_itineraries = 50;
    const auto trips = world().generator(30'000, plan).day(sunday);
    EXPECT_GT(trips.size(), 900U);
    std::set<std::string> ways;
    for (const trips::Trip& trip : trips) ways.insert(trip.polyline);
    EXPECT_GT(ways.size(), 30U);
    EXPECT_LE(ways.size(), 50U);
}

TEST(DemoDrivers, AreUniqueAndAppendedAtTheEnd) {
    const auto few = make_drivers(1, 120, world().gazetteer), many = make_drivers(1, 5'000, world().gazetteer);
    std::set<std::string> unique;
    for (const DemoDriver& driver : many) {
        unique.insert(driver.plate);
        unique.insert(driver.email);
        unique.insert(driver.licence_number);
        unique.insert(driver.id.str());
        unique.insert(driver.vehicle.str());
        EXPECT_GE(driver.licence_number.size(), 4U);
        EXPECT_LE(driver.licence_number.size(), 20U);
        EXPECT_EQ(driver.plate.size(), 13U);
    }
    EXPECT_EQ(unique.size(), 5 * many.size());
    for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i].plate, many[i].plate);
    EXPECT_TRUE(std::ranges::any_of(few, &DemoDriver::may_offer_women_only));
    EXPECT_TRUE(std::ranges::any_of(few, [](const DemoDriver& driver) { return !driver.verified; }));
    EXPECT_THROW(make_drivers(1, 900'001, world().gazetteer), std::invalid_argument);
}

}  // namespace
}  // namespace safargo::seed
