#include "features/places/bounding_box.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace safargo::places {
namespace {

TEST(BoundingBox, ReadsItselfAndHoldsItsCircle) {
    const BoundingBox box = BoundingBox::parse("36.5,2.25,36.875,3.5").value();
    EXPECT_EQ(box.str(), "36.5,2.25,36.875,3.5");
    EXPECT_EQ(BoundingBox::parse(box.str()).value(), box);
    for (const LatLng centre : {LatLng{36.7538, 3.0588}, LatLng{0, 0}, LatLng{89.9, 10}, LatLng{-60, 179.9}}) {
        for (const double radius : {1'000.0, 50'000.0, 1'000'000.0}) {
            const BoundingBox around = BoundingBox::around(centre, radius);
            for (int bearing = 0; bearing < 360; bearing += 5) {
                const double angle = radius / earth_radius_m, turn = bearing * std::numbers::pi / 180;
                const double lat = centre.lat * std::numbers::pi / 180;
                const double to_lat =
                    std::asin(std::sin(lat) * std::cos(angle) + std::cos(lat) * std::sin(angle) * std::cos(turn));
                const double east = std::atan2(std::sin(turn) * std::sin(angle) * std::cos(lat),
                                               std::cos(angle) - std::sin(lat) * std::sin(to_lat));
                const double lng = std::remainder(centre.lng + east * 180 / std::numbers::pi, 360);
                EXPECT_GE(to_lat * 180 / std::numbers::pi, around.south_west.lat);
                EXPECT_LE(to_lat * 180 / std::numbers::pi, around.north_east.lat);
                EXPECT_GE(lng, around.south_west.lng);
                EXPECT_LE(lng, around.north_east.lng);
            }
        }
    }
}

// Found by the fuzzer: printed with exponents, which are refused when read.
TEST(BoundingBox, ReadsItselfHoweverSmall) {
    const std::string zeros(320, '0');
    for (const std::string& text : {std::string(".1,.00000000000000000000000000000008934,6,3.9"),
                                    "-0." + zeros + "5,-.0000001,0." + zeros + "5,.0000001"}) {
        const BoundingBox box = BoundingBox::parse(text).value();
        EXPECT_EQ(box.str().find('e'), std::string::npos);
        EXPECT_EQ(BoundingBox::parse(box.str()).value(), box);
    }
}

TEST(BoundingBox, MeetsAnotherOrNot) {
    const BoundingBox a = BoundingBox::parse("30,0,35,5").value(), b = BoundingBox::parse("34,4,37,9").value();
    EXPECT_EQ(intersection(a, b).value(), BoundingBox::parse("34,4,35,5").value());
    EXPECT_EQ(intersection(a, BoundingBox::parse("36,0,37,5").value()), std::nullopt);
    EXPECT_EQ(intersection(a, BoundingBox{}).value(), a);
}

TEST(BoundingBox, RefusesInvalidBoxes) {
    for (const char* text : {"", ",", ",,,", "1,2,3", "1,2,3,4,5", "1,2,3,x", " 1,2,3,4", "1e1,2,30,4"})
        EXPECT_EQ(BoundingBox::parse(text).error().rule, Rule::bad_format) << text;
    EXPECT_EQ(BoundingBox::parse("nan,0,1,1").error().rule, Rule::out_of_range);
    EXPECT_EQ(BoundingBox::parse("0,0,91,0").error().rule, Rule::out_of_range);
    EXPECT_EQ(BoundingBox::parse("2,0,1,0").error().rule, Rule::out_of_order);
    EXPECT_EQ(BoundingBox::parse("0,2,0,1").error().rule, Rule::out_of_order);
    EXPECT_TRUE(BoundingBox::parse("0,0,0,0"));
}

}  // namespace
}  // namespace safargo::places
