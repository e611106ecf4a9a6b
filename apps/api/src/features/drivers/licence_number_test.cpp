#include "features/drivers/types.hpp"

#include <gtest/gtest.h>

namespace safargo::drivers {
namespace {

Rule refusal(std::string_view text) {
    return LicenceNumber::parse(text).error().rule;
}

TEST(LicenceNumber, IsLettersAndDigitsInCapitals) {
    EXPECT_EQ(LicenceNumber::parse("DZ4821AB").value().str(), "DZ4821AB");
    EXPECT_EQ(LicenceNumber::parse(" dz4821ab ").value().str(), "DZ4821AB");
    EXPECT_EQ(LicenceNumber::parse("\u200eDZ4821AB\u00a0\ufeff").value().str(), "DZ4821AB");
    EXPECT_EQ(LicenceNumber::parse("1234").value().str(), "1234");
    EXPECT_TRUE(LicenceNumber::parse(std::string(20, '7')));
}

TEST(LicenceNumber, RefusesOtherLengthsAndSigns) {
    EXPECT_EQ(refusal(""), Rule::too_short);
    EXPECT_EQ(refusal("123"), Rule::too_short);
    EXPECT_EQ(refusal(std::string(21, '7')), Rule::too_long);
    EXPECT_EQ(refusal("12-34"), Rule::bad_format);
    EXPECT_EQ(refusal("12 34"), Rule::bad_format);
    EXPECT_EQ(refusal("رخصة"), Rule::bad_format);
}

}  // namespace
}  // namespace safargo::drivers
