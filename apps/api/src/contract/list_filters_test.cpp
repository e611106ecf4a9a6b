#include "contract/list_filters.hpp"

#include <gtest/gtest.h>

namespace safargo::contract {
namespace {

enum class Colour { red, green, blue };
BOOST_DESCRIBE_ENUM(Colour, red, green, blue)

using Colours = AnyOf<Colour>;

TEST(AnyOf, TakesOneOrSeveralInAnyOrder) {
    EXPECT_EQ(Colours::parse("green")->names(), std::vector<std::string>{"green"});
    EXPECT_EQ(Colours::parse("blue,red,blue")->names(), (std::vector<std::string>{"red", "blue"}));
    EXPECT_EQ(Colours::parse(" blue , green ")->str(), "green,blue");
    EXPECT_EQ(Colours(Colour::red).str(), "red");
}

TEST(AnyOf, RefusesUnknownValues) {
    for (const std::string_view text : {"", ",", "red,", ",red", "red,,blue", "Red", "red blue", "red;blue"}) {
        const auto refused = Colours::parse(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error(), (Violation{Rule::not_allowed, "red, green, blue"})) << text;
    }
}

TEST(AnyOf, IsDescribedAsStrictlyAsItReads) {
    EXPECT_EQ(SpelledSchema<Colours>::text(),
              R"({"type":"string","pattern":"^ *(red|green|blue) *(, *(red|green|blue) *)*$"})");
}

TEST(ByDeparture, TakesBothDirections) {
    EXPECT_FALSE(ByDeparture::parse("departure")->latest_first);
    EXPECT_TRUE(ByDeparture::parse("-departure")->latest_first);
    EXPECT_EQ(ByDeparture::parse("-departure")->str(), "-departure");
    for (const std::string_view text : {"", "-", "--departure", "+departure", "price"}) {
        EXPECT_FALSE(ByDeparture::parse(text)) << text;
    }
}

}  // namespace
}  // namespace safargo::contract
