#include "geo/sound_table.hpp"

#include "geo/name_fold.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

namespace safargo::geo {
namespace {

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

// limit + 1 if the table does not find it.
int sound_distance(std::string_view query, const Sound& name, int limit = 99) {
    const auto hits = SoundTable({name}).near(query, limit);
    return hits.empty() ? limit + 1 : hits[0].distance;
}

int distance(std::string_view query, std::string_view name) {
    const std::string folded_query = fold_name(query), folded_name = fold_name(name);
    return sound_distance(sound_of(words_of(folded_query), Articles::dropped),
                          sound_of(words_of(folded_name), Articles::dropped));
}

Sound random_sound(std::mt19937& random, std::size_t alphabet_size) {
    constexpr std::string_view alphabet = "aKiXstJuhbdflmnrSz7";
    Sound text(random() % 9, ' ');
    for (char& c : text) c = alphabet[random() % alphabet_size];
    return text;
}

TEST(SoundTable, SpellingsOfOneNameAreNear) {
    EXPECT_LE(distance("Wahran", "وهران"), 3);
    EXPECT_LE(distance("Qsentina", "قسنطينة"), 2);
    EXPECT_LE(distance("Bejaya", "Béjaïa"), 1);
    EXPECT_LE(distance("stif", "Sétif"), 1);
    EXPECT_LE(distance("Ghelizane", "غليزان"), 3);
    EXPECT_GT(distance("Oran", "Tlemcen"), 10);
}

TEST(SoundTable, WeightsOfTheKindsOfErrors) {
    EXPECT_EQ(sound_distance("batna", "batna"), 0);
    EXPECT_EQ(sound_distance("btna", "batna"), 1);   // a vowel
    EXPECT_EQ(sound_distance("bitna", "batna"), 1);  // another vowel
    EXPECT_EQ(sound_distance("badna", "batna"), 2);  // confusable
    EXPECT_EQ(sound_distance("balna", "batna"), 4);  // another consonant
    EXPECT_EQ(sound_distance("bana", "batna"), 4);   // one missing
    EXPECT_EQ(sound_distance("banta", "batna"), 4);  // swapped neighbours
}

TEST(SoundTable, WhatIsLeftOverCostsLittle) {
    EXPECT_EQ(sound_distance("batn", "batna"), 0);
    EXPECT_EQ(sound_distance("Kunstan", "Kunstantina"), 2);
    EXPECT_EQ(sound_distance("b", "bKlmnrst"), 3);
    EXPECT_EQ(sound_distance("batnaK", "batna"), 4);  // extra symbols in the query are errors
}

TEST(SoundTable, NoHitsAboveTheLimit) {
    EXPECT_TRUE(SoundTable({"uran"}).near("Kunstantina", 6).empty());
    EXPECT_TRUE(SoundTable({"uran"}).near("", 1).empty());
    EXPECT_EQ(sound_distance("", "uran"), 2);
    EXPECT_TRUE(SoundTable().near("uran", 9).empty());
}

// Shared columns and early exits must not change results: each sound alone, without a limit, has the same distance.
TEST(SoundTable, ManySoundsAtOnceAreAsEachAlone) {
    std::mt19937 random(9);
    for (int round = 0; round < rounds(300); ++round) {
        const std::size_t alphabet_size = round % 2 ? 4 : 19;
        std::vector<Sound> sounds(random() % 60);
        for (Sound& sound : sounds) sound = random_sound(random, alphabet_size);
        const Sound query = random_sound(random, alphabet_size);
        const int limit = static_cast<int>(random() % 12);
        std::vector<int> expected, found(sounds.size(), limit + 1);
        for (const Sound& sound : sounds) expected.push_back(std::min(limit + 1, sound_distance(query, sound, 999)));
        for (const auto& hit : SoundTable(sounds).near(query, limit)) found[hit.index] = hit.distance;
        EXPECT_EQ(found, expected) << query << " within " << limit;
    }
}

}  // namespace
}  // namespace safargo::geo
