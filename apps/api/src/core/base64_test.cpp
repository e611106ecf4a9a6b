#include "core/base64.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace safargo {
namespace {

// RFC 4648, section 10, and the two letters that differ from base64url.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> vectors{{{"", ""},
                                                                                {"f", "Zg=="},
                                                                                {"fo", "Zm8="},
                                                                                {"foo", "Zm9v"},
                                                                                {"foob", "Zm9vYg=="},
                                                                                {"fooba", "Zm9vYmE="},
                                                                                {"foobar", "Zm9vYmFy"},
                                                                                {"\xfb\xff\xbf", "+/+/"}}};

TEST(Base64, WritesAndReadsTheVectors) {
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, RefusesEverythingElse) {
    for (const char* text :
         {"Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v\n", " Zm9", "Zm9-", "Zm_v", "Zm=v", "Zm9v=A==", "Zh=="})
        EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace safargo
