#include "contract/schema_pattern_test.hpp"
#include "features/vehicles/views.hpp"

#include <gtest/gtest.h>

namespace safargo::vehicles {
namespace {

TEST(Plate, IsReadWithAnySeparatorAndSpeltWithDashes) {
    for (const auto* text :
         {"012345-119-16", "012345 119 16", "012345.119.16", "012345/119/16", "01234511916", " 012345 - 119 - 16 ",
          "٠١٢٣٤٥-١١٩-١٦", "۰۱۲۳۴۵ ۱۱۹ ۱۶", "\u200f012345\u00a0119\u202f16\u200e", "012345–119–16",
          "\ufeff012345-119-16", "０１２３４５－１１９－１６", "012345\u3000119\u200716", "०१२३४५ ११९ १६",
          "012345\u00ad-\u2060119‑16", "012345ـ119ـ16", "012345．119／16"}) {
        const auto plate = Plate::parse(text);
        ASSERT_TRUE(plate) << text;
        EXPECT_EQ(plate->str(), "012345-119-16") << text;
    }
}

TEST(Plate, IsDescribedAsWideAsItIsRead) {
    const std::string schema = contract::SpelledSchema<Plate>::text();
    for (const char* good : {"012345-119-16", " 012345/119.16", "٠١٢٣٤٥-١١٩-١٦", "\u200f012345\u00a0119\u202f16"}) {
        EXPECT_TRUE(Plate::parse(good)) << good;
        EXPECT_TRUE(contract::testing::lets_pass(schema, good)) << good;
    }
    for (const char* bad : {"012345_119_16", "ABCDE-119-16", "012345+119+16"}) {
        EXPECT_FALSE(Plate::parse(bad)) << bad;
        EXPECT_FALSE(contract::testing::lets_pass(schema, bad)) << bad;
    }
    EXPECT_TRUE(schema.contains(R"("minLength":10,"maxLength":200,)")) << schema;
    EXPECT_TRUE(Plate::parse("1234511916")) << "the shortest";
    EXPECT_TRUE(Plate::parse("1234511916" + std::string(190, ' '))) << "the longest";
    EXPECT_FALSE(Plate::parse("1234511916" + std::string(191, ' ')));
}

TEST(Plate, IsTheSameHoweverItsSerialIsPadded) {
    EXPECT_EQ(Plate::parse("12345-119-16"), Plate::parse("012345-119-16"));
    EXPECT_EQ(Plate::parse("12345-119-16")->str(), "012345-119-16");
    EXPECT_EQ(Plate::parse("1234511916")->str(), "012345-119-16");
    EXPECT_EQ(Plate::parse("00001-119-16")->str(), "000001-119-16");
    EXPECT_NE(Plate::parse("112345-119-16"), Plate::parse("12345-119-16"));
    EXPECT_EQ(canonical_plate("12345-119-16"), "012345-119-16");
    EXPECT_EQ(canonical_plate("00000-000-00"), "00000-000-00") << "an accepted plate stays readable";
}

TEST(Plate, TellsYearAndWilaya) {
    EXPECT_EQ(Plate::parse("12345-119-16")->year(), 19);
    EXPECT_EQ(Plate::parse("12345-119-16")->wilaya(), 16);
    EXPECT_EQ(Plate::parse("123456-907-01")->year(), 7);
    EXPECT_EQ(Plate::parse("123456-907-01")->wilaya(), 1);
}

TEST(Plate, RefusesEverythingElse) {
    for (const auto* text : {"",
                             "-",
                             "1234-119-16",
                             "1234567-119-16",
                             "0012345-119-16",
                             "012345-19-16",
                             "012345-1119-16",
                             "012345-119-6",
                             "012345-119-161",
                             "012345-11916",
                             "012345-119-16-1",
                             "ABCDE-119-16",
                             "012345_119_16",
                             "12345",
                             "123451191",
                             "012345119161",
                             "00000-119-16",
                             "000000-119-16",
                             "٠٠٠٠٠-١١٩-١٦",
                             "00000-000-00",
                             "012345-019-16",
                             "012345-000-16",
                             "\xd9",
                             "012345-119-1\xd9"}) {
        const auto plate = Plate::parse(text);
        ASSERT_FALSE(plate) << text;
        EXPECT_EQ(plate.error().rule, Rule::bad_format);
    }
}

}  // namespace
}  // namespace safargo::vehicles
