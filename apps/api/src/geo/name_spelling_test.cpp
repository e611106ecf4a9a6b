#include "geo/name_spelling.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

namespace safargo::geo {
namespace {

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

Letters random_letters(std::mt19937& random) {
    Letters text(random() % 10, u' ');
    for (char16_t& c : text) c = u"abcdeوهرA"[random() % 9];
    return text;
}

TEST(SpellingDistance, EachTypoCountsOnce) {
    EXPECT_EQ(spelling_distance(u"biskra", u"biskra", 9), 0);
    EXPECT_EQ(spelling_distance(u"bikra", u"biskra", 9), 1);
    EXPECT_EQ(spelling_distance(u"bisskra", u"biskra", 9), 1);
    EXPECT_EQ(spelling_distance(u"bisgra", u"biskra", 9), 1);
    EXPECT_EQ(spelling_distance(u"bsikra", u"biskra", 9), 1);
    EXPECT_EQ(spelling_distance(u"وهرن", u"وهران", 9), 1);
    EXPECT_EQ(spelling_distance(u"", u"oran", 9), 4);
}

TEST(SpellingDistance, TheLimitOnlyCutsAndTheDistanceIsSymmetric) {
    std::mt19937 random(21);
    for (int round = 0; round < rounds(5'000); ++round) {
        const Letters a = random_letters(random), b = random_letters(random);
        const int whole = spelling_distance(a, b, 99), limit = static_cast<int>(random() % 6);
        EXPECT_EQ(spelling_distance(a, b, limit), std::min(limit + 1, whole));
        EXPECT_EQ(spelling_distance(b, a, 99), whole);
        EXPECT_LE(spelling_distance_bound(count_letters(a), count_letters(b)), whole);
    }
}

TEST(LettersOf, DropsSpacesAndCountsArabicLettersOnce) {
    EXPECT_EQ(letters_of("bab el oued"), u"babeloued");
    EXPECT_EQ(letters_of("باب واد"), u"بابواد");
}

}  // namespace
}  // namespace safargo::geo
