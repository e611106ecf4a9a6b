#include "core/shorten.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

namespace safargo {
namespace {

TEST(Shorten, LeavesTextThatFits) {
    EXPECT_EQ(shorten("", 0), "");
    EXPECT_EQ(shorten("seats", 5), "seats");
    EXPECT_EQ(shorten("Béjaïa", 8), "Béjaïa");
}

TEST(Shorten, MarksTheOmission) {
    EXPECT_EQ(shorten("abcdefgh", 6), "abc…");
    EXPECT_EQ(shorten("abcdefgh", 2), "");
}

TEST(Shorten, NeverSplitsACharacter) {
    for (const std::string_view text : {"aéïوهران😀b", "😀😀😀😀😀", "وهران وهران", "ééééééééé"}) {
        for (std::size_t most = 0; most <= text.size(); ++most) {
            const std::string cut = shorten(text, most);
            EXPECT_LE(cut.size(), most);
            EXPECT_TRUE(is_valid_utf8(cut)) << text << " at " << most;
        }
    }
}

TEST(Shorten, InvalidUtf8IsCutToo) {
    const std::string broken(100, '\xbf');
    EXPECT_LE(shorten(broken, 20).size(), 20U);
    EXPECT_GE(shorten(broken, 20).size(), 15U);
}

}  // namespace
}  // namespace safargo
