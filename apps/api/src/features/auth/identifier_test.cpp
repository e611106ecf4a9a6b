#include "features/auth/identifier.hpp"

#include <gtest/gtest.h>

namespace safargo::auth {
namespace {

TEST(Identifier, IsAPhoneOrAnAddressHoweverItIsPasted) {
    for (const char* typed : {"0551234567", "٠٥٥١ ٢٣ ٤٥ ٦٧", "\u202a+213 551 23 45 67\u202c", "213551234567"})
        EXPECT_EQ(Identifier::parse(typed)->str(), "+213551234567") << typed;
    for (const char* typed : {"Amel@Example.dz", "\u200eamel＠example．dz", " amel@example.dz\u00a0"})
        EXPECT_EQ(Identifier::parse(typed)->str(), "amel@example.dz") << typed;
    EXPECT_TRUE(Identifier::parse("٠٥٥١٢٣٤٥٦٧")->is_phone());
    EXPECT_FALSE(Identifier::parse("amel＠example.dz")->is_phone());
}

TEST(Identifier, ARefusalShowsWhatWouldDo) {
    EXPECT_EQ(Identifier::parse("12345").error(), (Violation{Rule::unknown_phone, "0551 23 45 67"}));
    EXPECT_EQ(Identifier::parse("").error(), (Violation{Rule::unknown_phone, "0551 23 45 67"}));
    EXPECT_EQ(Identifier::parse("amel.example.dz").error(),
              (Violation{Rule::unknown_phone, "0551 23 45 67, amel@example.dz"}));
    EXPECT_EQ(Identifier::parse("amel@").error(), (Violation{Rule::bad_format, "amel@example.dz"}));
}

}  // namespace
}  // namespace safargo::auth
