#include "geo/polyline.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <random>

namespace safargo::geo {
namespace {

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

// The worked example of the format's documentation.
TEST(Polyline, KnownLines) {
    const std::vector<LatLng> line{{38.5, -120.2}, {40.7, -120.95}, {43.252, -126.453}};
    EXPECT_EQ(encode_polyline(line), "_p~iF~ps|U_ulLnnqC_mqNvxq`@");
    EXPECT_EQ(decode_polyline("_p~iF~ps|U_ulLnnqC_mqNvxq`@"), line);
}

TEST(Polyline, NoPointsAreAnEmptyText) {
    EXPECT_EQ(encode_polyline({}), "");
    EXPECT_EQ(decode_polyline(""), std::vector<LatLng>{});
}

TEST(Polyline, ARoundTripMovesNoPointByMoreThanHalfAStep) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> lat(-90, 90), lng(-180, 180);
    for (int round = 0; round < rounds(500); ++round) {
        std::vector<LatLng> points(random() % 20);
        for (LatLng& point : points) point = {lat(random), lng(random)};
        const std::string text = encode_polyline(points);
        const auto decoded = decode_polyline(text);
        ASSERT_TRUE(decoded);
        ASSERT_EQ(decoded->size(), points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            EXPECT_NEAR((*decoded)[i].lat, points[i].lat, 0.5000001e-5);
            EXPECT_NEAR((*decoded)[i].lng, points[i].lng, 0.5000001e-5);
        }
        EXPECT_EQ(encode_polyline(*decoded), text);
    }
}

TEST(Polyline, CornersOfTheGlobe) {
    const std::vector<LatLng> line{{-90, -180}, {90, 180}, {-90, 180}, {0, -180}};
    EXPECT_EQ(decode_polyline(encode_polyline(line)), line);
}

TEST(Polyline, RefusesInvalidText) {
    EXPECT_FALSE(decode_polyline("_p~iF"));         // latitude without longitude
    EXPECT_FALSE(decode_polyline("_p~iF~ps|"));     // cut within a step
    EXPECT_FALSE(decode_polyline("_p~iF ps|U"));    // a character outside the alphabet
    EXPECT_FALSE(decode_polyline("\xc3\xa9?"));     // not ASCII
    EXPECT_FALSE(decode_polyline("~~~~~~~~~~~?"));  // a step wider than the globe
    const std::vector<LatLng> pole{{90, 0}};
    EXPECT_FALSE(decode_polyline(encode_polyline(pole) + "A?"));  // a step off the globe
}

}  // namespace
}  // namespace safargo::geo
