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

TEST(PercentEncode, KeepsOnlyWhatIsUnreservedOrAskedFor) {
    EXPECT_EQ(percent_encode("Az09-._~"), "Az09-._~");
    EXPECT_EQ(percent_encode("a b/c+é"), "a%20b%2Fc%2B%C3%A9");
    EXPECT_EQ(percent_encode("a b/c", "/"), "a%20b/c");
    EXPECT_EQ(percent_encode(std::string_view("\0\xff", 2)), "%00%FF");
}

TEST(PercentEncode, IsUndoneByDecoding) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
    EXPECT_EQ(percent_decode(percent_encode(all), Plus::literal), all);
    EXPECT_EQ(percent_decode(percent_encode(all), Plus::space), all);
}

}  // namespace
}  // namespace safargo
