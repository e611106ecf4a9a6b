#include "features/trips/publishing.hpp"

#include "features/trips/composing.hpp"
#include "features/trips/wanted_trip_test.hpp"

#include <gtest/gtest.h>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

const Instant now = parse_instant("2026-12-01T08:00:00Z").value();
const StraightRoads roads;
const geo::FareRate rate{3'500, 4'500};

vehicles::Vehicle car() {
    vehicles::Vehicle vehicle;
    vehicle.seats = 4;
    vehicle.plate = "012345-119-16";
    return vehicle;
}

Trip trip(Instant departure = now + 48h, std::string_view stops = alger_chlef_oran, int seats = 3) {
    return compose_trip(wanted_trip(trip_json({}, departure, "", stops, seats)), car(), roads, now).value();
}

std::optional<Error> refused(const Trip& offer) {
    return refuse_offer(offer, car(), roads, rate, now);
}

std::vector<FieldError> fields(const Trip& offer) {
    const auto error = refused(offer);
    if (!error) return {};
    EXPECT_EQ(error->code, Code::validation_failed);
    return error->fields;
}

TEST(Publishing, AnOrdinaryTripMayBePublished) {
    EXPECT_FALSE(refused(trip()));
}

TEST(Publishing, DepartsAfterNowAndWithinNinetyDays) {
    const std::vector<FieldError> past{{"departure_at", {Rule::in_the_past}}};
    const std::vector<FieldError> far{{"departure_at", {Rule::too_far_ahead, "90"}}};
    EXPECT_EQ(fields(trip(now)), past);
    EXPECT_FALSE(refused(trip(now + 1us)));
    EXPECT_FALSE(refused(trip(now + 90 * 24h)));
    EXPECT_EQ(fields(trip(now + 90 * 24h + 1us)), far);
}

TEST(Publishing, OffersNoMoreSeatsThanTheVehicleHas) {
    EXPECT_FALSE(refused(trip(now + 48h, alger_chlef_oran, 4)));
    EXPECT_EQ(fields(trip(now + 48h, alger_chlef_oran, 5)),
              (std::vector<FieldError>{{"seats", {Rule::out_of_range, "1", "4"}}}));
}

TEST(Publishing, StopsAreApartAndPricesNeverFall) {
    EXPECT_EQ(
        fields(trip(now + 48h, R"([{"lat":36.75,"lng":3.05,"label":"a"},
        {"lat":36.7517,"lng":3.05,"label":"near","price":0},{"lat":36,"lng":3.05,"label":"c","price":100},
        {"lat":35.5,"lng":3.05,"label":"d","price":90}])")),
        (std::vector<FieldError>{{"stops[1]", {Rule::duplicate_value}}, {"stops[3].price", {Rule::out_of_order}}}));
    EXPECT_FALSE(refused(trip(now + 48h, R"([{"lat":36.75,"lng":3.05,"label":"a"},
        {"lat":36.7519,"lng":3.05,"label":"far enough","price":0},{"lat":36,"lng":3.05,"label":"c","price":0}])")));
}

TEST(Publishing, NamesTheStopsThatAreTooClose) {
    const auto error = refused(trip(now + 48h, R"([{"lat":36.75,"lng":3.05,"label":"a"},
        {"lat":36.7517,"lng":3.05,"label":"near","price":0},{"lat":36,"lng":3.05,"label":"c","price":100}])"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->reason, (Violation{Rule::same_place, "a", "near"}));
}

TEST(Publishing, NamesEveryFieldAtOnce) {
    const auto offer = trip(now - 1h, alger_chlef_oran, 8);
    ASSERT_EQ(fields(offer).size(), 2U);
}

TEST(Publishing, NoLegIsAboveItsCap) {
    Trip offer = trip();
    const std::int64_t metres = roads.plan(positions(offer.stops)).legs[0].distance_m;
    const Dinars cap = geo::fare_for(metres, rate.cap_millidinars);
    offer.stops[1].price = cap;
    EXPECT_FALSE(refused(offer));
    offer.stops[1].price = cap + Dinars{1};
    const auto error = refused(offer);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, Code::price_above_cap);
    EXPECT_EQ(error->fields,
              (std::vector<FieldError>{{"stops[1].price", {Rule::above_cap, std::to_string(cap.amount), "Alger"}}}));
}

// Two legs of one length, and the direct road from the first stop to the last.
class BentRoads final : public StraightRoads {
public:
    BentRoads(std::int64_t each_leg, std::int64_t direct) : leg_(each_leg), direct_(direct) {}
    geo::DirectRoads direct_roads(std::span<const LatLng> stops) const override {
        geo::DirectRoads bent = StraightRoads::direct_roads(stops);
        bent.between(0, 1).distance_m = bent.between(1, 2).distance_m = leg_;
        bent.between(0, 2).distance_m = direct_;
        return bent;
    }

private:
    std::int64_t leg_, direct_;
};

TEST(Publishing, NorIsTheRouteBetweenAnyTwoStops) {
    Trip offer = trip();
    offer.stops[1].price = Dinars{50};
    offer.stops[2].price = Dinars{100};
    // Caps 50 + 50, the whole 100 rounded from 90.009.
    EXPECT_FALSE(refuse_offer(offer, car(), BentRoads(10'001, 20'002), rate, now));
    // Caps 50 + 50, the whole 80.001 rounded to 90.
    const auto error = refuse_offer(offer, car(), BentRoads(8'889, 17'778), rate, now);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fields, (std::vector<FieldError>{{"stops[2].price", {Rule::above_cap, "90", "Alger"}}}));
    // The sum of the legs allows the price, the direct road does not.
    EXPECT_EQ(refuse_offer(offer, car(), BentRoads(11'000, 12'000), rate, now)->fields,
              (std::vector<FieldError>{{"stops[2].price", {Rule::above_cap, "60", "Alger"}}}));
}

TEST(Publishing, ImplausibleTripsAreRefused) {
    Trip offer = trip();
    offer.stops[2].at = offer.stops[1].at + 1s;
    offer.stops[1].label = "Alger";
    const auto found = fields(offer);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].field, "stops[1].label");
    EXPECT_EQ(found[0].violation.rule, Rule::town_elsewhere);
    EXPECT_EQ(found[1].field, "stops[2].at");
    EXPECT_EQ(found[1].violation.rule, Rule::earliest);
}

TEST(Publishing, RequiresDocumentsIfConfigured) {
    drivers::Driver driver{.id = {}, .licence_expires_on = LocalDate::parse("2031-01-01").value()};
    EXPECT_FALSE(refuse_driver(driver, now, now, {.kyc_required = false}));
    EXPECT_EQ(refuse_driver(driver, now, now, {.kyc_required = true}), Error{.code = Code::kyc_required});
    driver.documents_valid_until = LocalDate::parse("2031-01-01").value();
    EXPECT_FALSE(refuse_driver(driver, now, now, {.kyc_required = true}));
}

TEST(Publishing, TheDocumentsAreValidThroughTheirLastDayInAlgiers) {
    const drivers::Driver driver{.id = {},
                                 .licence_expires_on = LocalDate::parse("2031-01-01").value(),
                                 .documents_valid_until = LocalDate::parse("2026-12-03").value()};
    const auto refusal = [&](std::string_view at, bool required = true) {
        const Instant departure = parse_instant("2026-12-20T08:00:00Z").value();
        return refuse_driver(driver, departure, parse_instant(at).value(), {.kyc_required = required});
    };
    EXPECT_FALSE(refusal("2026-12-03T22:59:59Z"));
    // 23:00 UTC is the next day in Algiers.
    const Violation expired{Rule::documents_expired, "2026-12-03"};
    EXPECT_EQ(refusal("2026-12-03T23:00:00Z"), (Error{.code = Code::kyc_required, .reason = expired}));
    EXPECT_FALSE(refusal("2026-12-03T23:00:00Z", false));
}

TEST(Publishing, TheLicenceMustBeValidOnTheDayOfDeparture) {
    const drivers::Driver driver{.id = {}, .licence_expires_on = LocalDate::parse("2026-12-03").value()};
    EXPECT_FALSE(refuse_driver(driver, parse_instant("2026-12-03T22:59:00Z").value(), now, {}));
    // 23:00 UTC is the next day in Algiers.
    EXPECT_EQ(refuse_driver(driver, parse_instant("2026-12-03T23:00:00Z").value(), now, {})->fields,
              (std::vector<FieldError>{{"licence_expires_on", {Rule::licence_expires, "2026-12-03", "2026-12-04"}}}));
}

}  // namespace
}  // namespace safargo::trips
