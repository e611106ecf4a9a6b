#include "contract/writer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

namespace safargo::contract {
namespace {

std::string written(std::string_view text) {
    std::string out;
    Writer(out).string(text);
    return out;
}

// Escapes one character at a time, following the standard.
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

// Long texts are scanned eight characters at a time, so each character is tried at each of the eight positions.
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

struct Named {
    static constexpr const char* name = "trip_id";
};

TEST(Writer, CompileTimeKeysReadLikeAnyOther) {
    std::string out;
    Writer writer(out);
    writer.begin_array();
    for (int k = 0; k < 2; ++k) {
        writer.begin_object();
        writer.key(spelled_key<Named>);
        writer.integer(std::numeric_limits<std::int64_t>::min());
        writer.key("a");
        writer.plain_string(5, [](char* at) {
            *at++ = 'x';  // shorter than the maximum
            return at;
        });
        writer.key(spelled_key<Named>);
        writer.null();
        writer.end_object();
    }
    writer.end_array();
    constexpr std::string_view object = R"({"trip_id":-9223372036854775808,"a":"x","trip_id":null})";
    EXPECT_EQ(out, fmt::format("[{0},{0}]", object));
}

}  // namespace
}  // namespace safargo::contract
