#include "features/search/least_rating.hpp"

#include "features/users/types.hpp"

#include <gtest/gtest.h>

namespace safargo::search {
namespace {

std::string read(std::string_view text) {
    const auto rating = LeastRating::parse(text);
    return rating ? rating->str() : std::string(name(rating.error().rule));
}

TEST(LeastRating, IsAnyNumberFromOneToFive) {
    EXPECT_EQ(read("1"), "1.0");
    EXPECT_EQ(read("4"), "4.0");
    EXPECT_EQ(read("4.0"), "4.0");
    EXPECT_EQ(read("4.5"), "4.5");
    EXPECT_EQ(read("4.50"), "4.5");
    EXPECT_EQ(read("5"), "5.0");
    EXPECT_EQ(read("5.0"), "5.0");
}

TEST(LeastRating, BetweenTwoTenthsIsTheUpperOne) {
    EXPECT_EQ(read("4.51"), "4.6");
    EXPECT_EQ(read("4.75"), "4.8");
    EXPECT_EQ(read("4.700001"), "4.8");
    EXPECT_EQ(read("1.00000001"), "1.1");
}

TEST(LeastRating, RefusesOtherNumbersAndWords) {
    for (const auto* text : {"0", "0.9", "0.99999", "5.1", "5.0001", "6", "-4", "45", "1e1"})
        EXPECT_EQ(read(text), "out_of_range") << text;
    for (const auto* text : {"", "4,5", "4.5.1", "four", " 4", "4 ", "4.5x", "nan", "inf", "+4", "0x4"})
        EXPECT_EQ(read(text), "wrong_type") << text;
}

TEST(LeastRating, IsANumberToClients) {
    EXPECT_EQ(contract::SpelledSchema<LeastRating>::text(), R"({"type":"number","minimum":1,"maximum":5})");
}

// A minimum written as a rating is printed admits that rating, to the last bit.
TEST(LeastRating, IsTheRatingItIsWrittenAs) {
    for (std::int64_t tenths = 10; tenths <= 50; ++tenths) {
        const double rating = users::rating(tenths, 10).value();
        const auto floor = LeastRating::parse(std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10));
        EXPECT_EQ(floor.value().value(), rating);
    }
}

}  // namespace
}  // namespace safargo::search
