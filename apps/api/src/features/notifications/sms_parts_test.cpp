#include "features/notifications/sms_parts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace safargo::notifications {
namespace {

std::string repeated(std::size_t times, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

TEST(SmsParts, OfTheGsmAlphabet) {
    EXPECT_EQ(sms_parts(""), 1U);
    for (const char* letter : {"a", "é", "à", "Ç", "£", "\n"}) {
        EXPECT_EQ(sms_parts(repeated(160, letter)), 1U) << letter;
        EXPECT_EQ(sms_parts(repeated(161, letter)), 2U) << letter;
        EXPECT_EQ(sms_parts(repeated(306, letter)), 2U) << letter;
        EXPECT_EQ(sms_parts(repeated(307, letter)), 3U) << letter;
    }
}

TEST(SmsParts, OfItsExtension) {
    EXPECT_EQ(sms_parts(repeated(80, "€")), 1U);
    EXPECT_EQ(sms_parts(repeated(81, "€")), 2U);
}

TEST(SmsParts, OfAnyOtherLetter) {
    for (const char* letter : {"س", "ê", "ç", "—", "’"}) {
        EXPECT_EQ(sms_parts(repeated(70, letter)), 1U) << letter;
        EXPECT_EQ(sms_parts(repeated(71, letter)), 2U) << letter;
        EXPECT_EQ(sms_parts(repeated(134, letter)), 2U) << letter;
        EXPECT_EQ(sms_parts(repeated(135, letter)), 3U) << letter;
    }
    EXPECT_EQ(sms_parts(repeated(70, "a") + "ê"), 2U) << "one is enough";
    EXPECT_EQ(sms_parts(repeated(35, "🚗")), 1U);
    EXPECT_EQ(sms_parts(repeated(36, "🚗")), 2U);
}

}  // namespace
}  // namespace safargo::notifications
