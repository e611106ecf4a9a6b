#include "features/vehicles/types.hpp"

#include <gtest/gtest.h>

namespace safargo::vehicles {
namespace {

TEST(Plate, IsReadWithAnySeparatorAndSpeltWithDashes) {
    for (const auto* text : {"012345-119-16", "012345 119 16", "012345.119.16", "01234511916", " 012345 - 119 - 16 "}) {
        const auto plate = Plate::parse(text);
        ASSERT_TRUE(plate) << text;
        EXPECT_EQ(plate->str(), "012345-119-16") << text;
    }
    EXPECT_EQ(Plate::parse("12345-119-16")->str(), "12345-119-16");
    EXPECT_EQ(Plate::parse("1234511916")->str(), "12345-119-16");
}

TEST(Plate, RefusesEverythingElse) {
    for (const auto* text :
         {"", "-", "1234-119-16", "1234567-119-16", "012345-19-16", "012345-1119-16", "012345-119-6", "012345-119-161",
          "012345-11916", "012345-119-16-1", "ABCDE-119-16", "012345/119/16", "12345", "123451191", "012345119161"}) {
        const auto plate = Plate::parse(text);
        ASSERT_FALSE(plate) << text;
        EXPECT_EQ(plate.error().rule, Rule::bad_format);
    }
}

}  // namespace
}  // namespace safargo::vehicles
