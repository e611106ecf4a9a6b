#include "core/percent_encoding.hpp"

#include "core/hex_digits.hpp"

#include <gtest/gtest.h>

namespace safargo {
namespace {

TEST(HexDigits, AreReadInEitherCase) {
    for (int value = 0; value < 16; ++value) EXPECT_EQ(hex_value(hex_digits[value]), value);
    EXPECT_EQ(hex_value('A'), 10);
    EXPECT_EQ(hex_value('F'), 15);
    for (const char c : {'g', 'G', '/', ':', '@', '`', ' ', '\0'}) EXPECT_FALSE(is_hex_digit(c)) << c;
}

TEST(PercentDecode, TakesAnyCaseOfHexadecimal) {
    EXPECT_EQ(percent_decode("a%2Fb%2fc", Plus::literal), "a/b/c");
    EXPECT_EQ(percent_decode("Alg%C3%A9rie", Plus::literal), "Algérie");
    EXPECT_EQ(percent_decode("", Plus::literal), "");
}

TEST(PercentDecode, PlusIsASpaceOnlyInQueries) {
    EXPECT_EQ(percent_decode("a+b", Plus::literal), "a+b");
    EXPECT_EQ(percent_decode("a+b%2B", Plus::space), "a b+");
}

TEST(PercentDecode, RefusesTruncatedEscapes) {
    for (const char* bad : {"%", "%4", "%zz", "%4g", "%g4", "a%", "%%41"}) {
        EXPECT_EQ(percent_decode(bad, Plus::literal), std::nullopt) << bad;
    }
}

TEST(PercentDecode, MayYieldAnyBytes) {
    EXPECT_EQ(percent_decode("%00%ff", Plus::literal), std::string("\0\xff", 2));
}

}  // namespace
}  // namespace safargo
