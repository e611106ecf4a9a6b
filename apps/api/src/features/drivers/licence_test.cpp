#include "contract/schema_pattern_test.hpp"
#include "features/drivers/views.hpp"

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

TEST(LicenceNumber, IsDescribedAsWideAsItIsRead) {
    const std::string schema = contract::SpelledSchema<LicenceNumber>::text();
    for (const char* good : {"DZ4821AB", " dz4821ab\n", "\u200eDZ4821AB\u00a0\ufeff"}) {
        EXPECT_TRUE(LicenceNumber::parse(good)) << good;
        EXPECT_TRUE(contract::testing::lets_pass(schema, good)) << good;
    }
    for (const char* bad : {"DZ4", "DZ-4821", "DZ4821AB4821AB4821AB4", "رخصة"}) {
        EXPECT_FALSE(LicenceNumber::parse(bad)) << bad;
        EXPECT_FALSE(contract::testing::lets_pass(schema, bad)) << bad;
    }
    EXPECT_TRUE(schema.contains(R"("minLength":4,"maxLength":200,)")) << schema;
    EXPECT_TRUE(LicenceNumber::parse("DZ48" + std::string(196, ' '))) << "the longest";
    EXPECT_FALSE(LicenceNumber::parse("DZ48" + std::string(197, ' ')));
}

TEST(LicenceNumber, RefusesOtherLengthsAndSigns) {
    EXPECT_EQ(refusal(""), Rule::too_short);
    EXPECT_EQ(refusal("123"), Rule::too_short);
    EXPECT_EQ(refusal(std::string(21, '7')), Rule::too_long);
    EXPECT_EQ(refusal("12-34"), Rule::bad_format);
    EXPECT_EQ(refusal("12 34"), Rule::bad_format);
    EXPECT_EQ(refusal("رخصة"), Rule::bad_format);
}

TEST(Licence, IsValidOnTheDayItExpires) {
    const auto day = [](std::string_view text) { return LocalDate::parse(text).value(); };
    EXPECT_FALSE(refuse_licence(day("2026-12-02"), day("2026-12-01")));
    EXPECT_FALSE(refuse_licence(day("2026-12-01"), day("2026-12-01")));
    EXPECT_EQ(refuse_licence(day("2026-11-30"), day("2026-12-01")),
              (FieldError{"licence_expires_on", {Rule::licence_expires, "2026-11-30", "2026-12-01"}}));
}

}  // namespace
}  // namespace safargo::drivers
