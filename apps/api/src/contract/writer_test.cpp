#include "contract/writer.hpp"

#include <gtest/gtest.h>

namespace safargo::contract {
namespace {

std::string written(std::string_view text) {
    std::string out;
    Writer(out).string(text);
    return out;
}

// One character after the other, as the standard says it.
std::string expected(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += std::string("\\") + c;
        } else if (c == '\n' || c == '\r' || c == '\t') {
            out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
        } else if (byte < 0x20) {
            out += std::string("\\u00") + digits[byte >> 4] + digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

// Long texts are looked at eight characters at a time, so each character stands at each place of the eight.
TEST(Writer, EscapesEveryCharacterAtEveryPlace) {
    for (int byte = 0; byte < 256; ++byte) {
        for (std::size_t place = 0; place < 20; ++place) {
            std::string text(20, 'a');
            text[place] = static_cast<char>(byte);
            ASSERT_EQ(written(text), expected(text)) << byte << " at " << place;
        }
    }
}

TEST(Writer, EscapesNeighboursAndLeavesOtherAlphabetsAlone) {
    for (const std::string_view text : {"", "\"", "\\\\\\\\\\\\\\\\", "\x01\x02\x1f !#[]~\x7f",
                                        "بجاية \"القديمة\" \t ⵜⵉⵎⵙ", "C:\\\"x\"\n\n\n\n\n\n\n\n\n"}) {
        EXPECT_EQ(written(text), expected(text));
    }
}

}  // namespace
}  // namespace safargo::contract
