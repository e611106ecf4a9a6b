#include "geo/search_texts.hpp"

#include <gmock/gmock.h>

namespace safargo::geo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SearchTexts texts_of(const std::vector<std::string>& names) {
    return search_texts(names);
}

std::vector<std::string> words_in(std::string_view query) {
    std::vector<std::string> words;
    for (const SearchTerm& term : search_terms(query)) words.push_back(term.word);
    return words;
}

TEST(SearchTexts, StoreNamesFoldedAsWordsAsOneWordAndAsSounds) {
    const SearchTexts texts = texts_of({"Tizi-Ouzou", "تيزي وزو", "TIZI OUZOU", ""});
    EXPECT_THAT(texts.folded, ElementsAre("tizi ouzou", "تيزي وزو"));
    EXPECT_EQ(texts.words, "tizi ouzou tiziouzou تيزي وزو تيزيوزو");
    EXPECT_EQ(texts.sounds, "tizi uzu tiziuzu");  // both scripts sound the same
}

TEST(SearchTexts, ScriptsAndTranscriptionsMeetInSoundOrBones) {
    EXPECT_EQ(texts_of({"Timgad"}).sounds, texts_of({"تيمقاد"}).sounds);
    EXPECT_NE(texts_of({"Tlemcen"}).sounds, texts_of({"Tilimsen"}).sounds);
    EXPECT_EQ(texts_of({"Tlemcen"}).bones, texts_of({"Tilimsen"}).bones);
    EXPECT_EQ(texts_of({"Oran"}).bones, "") << "two consonants sound like everything";
}

TEST(SearchTexts, AQueryIsItsTellingWordsAndAllOfThemAsOne) {
    EXPECT_THAT(words_in("Devant la gare, Bgayet"), ElementsAre("bgayet"));
    EXPECT_THAT(words_in("plage de Sidi Fredj, Algérie"), ElementsAre("plage", "sidi", "fredj", "plagesidifredj"));
    EXPECT_THAT(words_in("La Gare"), ElementsAre("la", "gare", "lagare")) << "nothing else is left";
    EXPECT_THAT(search_terms(" ,;! "), IsEmpty());
    EXPECT_THAT(search_terms("\xff\xfe"), IsEmpty());
}

TEST(SearchTexts, DigitsOfArabiziSoundLikeTheirLetters) {
    EXPECT_EQ(search_terms("9sentina").front().bones, search_terms("قسنطينة").front().bones);
    EXPECT_EQ(search_terms("mosta8anem").front().bones, search_terms("Mostaghanem").front().bones);
}

TEST(SearchTexts, ALongQueryIsCut) {
    std::string many;
    for (char c = 'b'; c < 'z'; ++c) many += std::string("x") + c + ' ';
    EXPECT_EQ(search_terms(many).size(), 9U);
    EXPECT_EQ(search_terms(std::string(5'000, 'a')).size(), 1U);
    EXPECT_EQ(search_terms(std::string(5'000, 'a')).front().letters, 200);
}

}  // namespace
}  // namespace safargo::geo
