#include "geo/town_names.hpp"

#include <gtest/gtest.h>

namespace safargo::geo {
namespace {

const GazetteerData& data() {
    static const GazetteerData all = GazetteerData::load(SAFARGO_DATA_DIR);
    return all;
}

const TownNames& towns() {
    static const TownNames names{data()};
    return names;
}

constexpr LatLng alger{36.7538, 3.0588}, oran{35.69906, -0.63588};
constexpr double near = 30'000;

// The kilometres to the nearest town of that name, or -1.
double km(std::string_view name, LatLng point) {
    const auto metres = towns().nearest_m(name, point);
    return metres ? *metres / 1'000 : -1;
}

TEST(TownNames, RecogniseATownByEveryNameAndSpelling) {
    for (const auto* name :
         {"Oran", "ORAN", " oran ", "Orán", "Wahran", "وهران", "وَهْرَان", "Oran.", "El Bahia", "«Oran»"}) {
        EXPECT_LT(km(name, oran), 1) << name;
        EXPECT_GE(km(name, oran), 0) << name;
        EXPECT_NEAR(km(name, alger), 352, 5) << name;
    }
    for (const auto* name : {"Alger", "ALGIERS", "الجزائر", "Dzayer"}) {
        EXPECT_LT(km(name, alger), 5) << name;
        EXPECT_GT(km(name, oran), 300) << name;
    }
    EXPECT_GT(km("Bône", alger), 300);
    EXPECT_GT(km("sidi-bel-abbes", alger), 300);
    EXPECT_GT(km("SidiBelAbbès", alger), 300);
    EXPECT_GT(km("قسنطينة", alger), 300);
    EXPECT_GT(km("BBA", oran), 300);
}

TEST(TownNames, DoNotFindATownInALongerText) {
    for (const auto* text : {"Rue d'Oran", "Rue d'Oran, Alger", "Gare routière", "Place du 1er Novembre", "شارع وهران",
                             "Oran Street", "Arrêt 1", "16", "0101", "a", "", "…", "Touat", "Cité 5 Juillet"}) {
        EXPECT_EQ(km(text, alger), -1) << text;
    }
}

TEST(TownNames, TheNearestOfSeveralTownsCounts) {
    const auto& all = data().communes;
    for (const Town& town : all) {
        EXPECT_LT(towns().nearest_m(town.name_fr, town.position).value_or(0), 1) << town.name_fr;
        EXPECT_LT(towns().nearest_m(town.name_ar, town.position).value_or(0), 1) << town.name_ar;
    }
    EXPECT_NEAR(km("El Eulma", {36.75, 7.4}), 15, 15) << "the smaller one";
    EXPECT_GT(km("El Eulma", oran), 300);
}

// Stops that people name in their own towns, and villages of the same name elsewhere.
TEST(TownNames, WordsAndQuartersAreNoTownElsewhere) {
    constexpr LatLng annaba{36.9, 7.7667}, constantine{36.365, 6.6147}, bejaia{36.7509, 5.0567};
    for (const auto* word :
         {"الجامعة", "القطار", "الملعب", "القنطرة", "القصبة", "القلعة", "المزرعة", "الحدائق", "البرج", "الحمامات",
          "Université", "Le Stade", "La Gare", "Casbah", "El Kantara", "Djamaa"}) {
        for (const LatLng where : {alger, oran, annaba, constantine, bejaia}) EXPECT_EQ(km(word, where), -1) << word;
    }
    EXPECT_EQ(km("Boukhadra", annaba), -1);
    EXPECT_EQ(km("Mansourah", constantine), -1);
    EXPECT_EQ(km("Emir Abdelkader", constantine), -1);
    EXPECT_EQ(km("Didouche Mourad", alger), -1);
    EXPECT_EQ(km("El Alia", alger), -1);
    EXPECT_EQ(km("Hamri", oran), -1);
    EXPECT_EQ(km("El Khemis", bejaia), -1);
    EXPECT_EQ(km("Naciria", bejaia), -1);
}

TEST(TownNames, LargerTownsStayTowns) {
    for (const auto* town : {"Oran", "وهران", "Tamanrasset", "تمنراست", "In Guezzam", "Maghnia", "Bou Saâda",
                             "El Eulma", "Aïn Sefra", "مغنية"})
        EXPECT_GT(km(town, alger), 150) << town;
}

TEST(TownNames, ASightNamedAfterATownIsNoTown) {
    EXPECT_EQ(km("Sidi Fredj", oran), -1);
    EXPECT_EQ(km("Tadrart Rouge", alger), -1);
}

// A wilaya's capital may be labelled with the wilaya's name.
TEST(TownNames, AWilayasNameMeansItsCapital) {
    for (const Wilaya& wilaya : data().wilayas) {
        for (const auto* name : {&wilaya.name_fr, &wilaya.name_ar, &wilaya.name_en})
            EXPECT_LT(towns().nearest_m(*name, wilaya.position).value_or(0), near) << *name;
    }
}

// The name of a sight must not mean a town far away.
TEST(TownNames, NoSightHasTheNameOfATownElsewhere) {
    for (const Place& place : data().places) {
        for (const auto* name : {&place.name_fr, &place.name_ar, &place.name_en})
            EXPECT_LT(towns().nearest_m(*name, place.position).value_or(0), near) << *name;
    }
}

}  // namespace
}  // namespace safargo::geo
