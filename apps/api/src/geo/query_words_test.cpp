#include "geo/query_words.hpp"

#include "geo/name_fold.hpp"

#include <gmock/gmock.h>

namespace safargo::geo {
namespace {

std::string telling(std::string_view query) {
    const std::string folded = fold_name(query);
    std::string text;
    for (const std::string_view word : telling_words(words_of(folded)))
        text.append(text.empty() ? "" : " ").append(word);
    return text;
}

TEST(TellingWords, DropTheWordsAroundAName) {
    EXPECT_EQ(telling("Ville de Constantine"), "constantine");
    EXPECT_EQ(telling("Gare routière d'Oran"), "oran");
    EXPECT_EQ(telling("Oran centre-ville"), "oran");
    EXPECT_EQ(telling("wilaya of Tlemcen"), "tlemcen");
    EXPECT_EQ(telling("Arrêt de bus Blida"), "blida");
    EXPECT_EQ(telling("محطة القطار وهران"), "وهران");
    EXPECT_EQ(telling("موقف الحافلات وهران"), "وهران");
    EXPECT_EQ(telling("وسط مدينة سطيف"), "سطيف");
    EXPECT_EQ(telling("من بجاية إلى سطيف"), "بجايه سطيف");
}

TEST(TellingWords, TheCountryIsDroppedOnlyIfAnotherWordRemains) {
    EXPECT_EQ(telling("Oran Algérie"), "oran");
    EXPECT_EQ(telling("وهران الجزائر"), "وهران");
    EXPECT_EQ(telling("Algérie"), "algerie");
    EXPECT_EQ(telling("الجزائر"), "جزاير");
    EXPECT_EQ(telling("ولاية الجزائر"), "جزاير");
    EXPECT_EQ(telling("Algérie Algeria"), "algerie algeria");
}

TEST(TellingWords, AllStayIfNoneIsSpecific) {
    EXPECT_EQ(telling("La Gare"), "la gare");
    EXPECT_EQ(telling("centre ville"), "centre ville");
    EXPECT_EQ(telling("وسط المدينة"), "وسط مدينه");
    EXPECT_EQ(telling(""), "");
}

}  // namespace
}  // namespace safargo::geo
