#include "features/auth/identifier.hpp"

#include "contract/schema_pattern_test.hpp"
#include "features/auth/types.hpp"

#include <gtest/gtest.h>

namespace safargo::auth {
namespace {

TEST(Identifier, IsAPhoneOrAnAddressInAnyCommonSpelling) {
    for (const char* typed : {"0551234567", "٠٥٥١ ٢٣ ٤٥ ٦٧", "\u202a+213 551 23 45 67\u202c", "213551234567"})
        EXPECT_EQ(Identifier::parse(typed)->str(), "+213551234567") << typed;
    for (const char* typed : {"Amel@Example.dz", "\u200eamel＠example．dz", " amel@example.dz\u00a0"})
        EXPECT_EQ(Identifier::parse(typed)->str(), "amel@example.dz") << typed;
    EXPECT_TRUE(Identifier::parse("٠٥٥١٢٣٤٥٦٧")->is_phone());
    EXPECT_FALSE(Identifier::parse("amel＠example.dz")->is_phone());
}

TEST(Identifier, IsDescribedAsWideAsItIsRead) {
    const std::string schema = contract::SpelledSchema<Identifier>::text();
    for (const char* good : {"0551 23 45 67", "٠٥٥١ ٢٣ ٤٥ ٦٧", "\u202a+213 551/23-45.67\u202c", "+33 (0)6 12 34 56 78",
                             "tel:+213551234567", "Amel@Example.dz", " amel＠example．dz", "amel@بريد.الجزائر"}) {
        EXPECT_TRUE(Identifier::parse(good)) << good;
        EXPECT_TRUE(contract::testing::lets_pass(schema, good)) << good;
    }
    for (const char* bad : {"0551abc456", "amel.example.dz", "0551,234567", "amel"}) {
        EXPECT_FALSE(Identifier::parse(bad)) << bad;
        EXPECT_FALSE(contract::testing::lets_pass(schema, bad)) << bad;
    }
    EXPECT_TRUE(schema.contains(R"("minLength":5,"maxLength":1000,)")) << schema;
    EXPECT_TRUE(Identifier::parse("a@b.c")) << "the shortest";
    EXPECT_TRUE(Identifier::parse("amel@example.dz" + std::string(985, ' '))) << "the longest";
    EXPECT_FALSE(Identifier::parse("amel@example.dz" + std::string(986, ' ')));
}

TEST(Identifier, ARefusalShowsAValidExample) {
    EXPECT_EQ(Identifier::parse("12345").error(), (Violation{Rule::unknown_phone, "0551 23 45 67"}));
    EXPECT_EQ(Identifier::parse("").error(), (Violation{Rule::unknown_phone, "0551 23 45 67"}));
    EXPECT_EQ(Identifier::parse("amel.example.dz").error(),
              (Violation{Rule::unknown_phone, "0551 23 45 67, amel@example.dz"}));
    EXPECT_EQ(Identifier::parse("amel@").error(), (Violation{Rule::bad_format, "amel@example.dz"}));
}

}  // namespace
}  // namespace safargo::auth
