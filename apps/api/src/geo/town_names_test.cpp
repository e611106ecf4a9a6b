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

TEST(TownNames, KnowATownByEveryNameAndSpelling) {
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

TEST(TownNames, DoNotReadATownIntoALongerText) {
    for (const auto* text : {"Rue d'Oran", "Rue d'Oran, Alger", "Gare routière", "Place du 1er Novembre", "شارع وهران",
                             "Oran Street", "Arrêt 1", "16", "0101", "a", "", "…", "Touat", "Cité 5 Juillet"}) {
        EXPECT_EQ(km(text, alger), -1) << text;
    }
}

TEST(TownNames, OfSeveralTownsOfOneNameTheNearestCounts) {
    const auto& all = data().communes;
    for (const Town& town : all) {
        EXPECT_LT(towns().nearest_m(town.name_fr, town.position).value_or(near), 1) << town.name_fr;
        if (!town.name_ar.empty()) EXPECT_LT(towns().nearest_m(town.name_ar, town.position).value_or(near), 1);
    }
}

TEST(TownNames, ASightOfATownsNameIsNoTown) {
    EXPECT_LT(km("Sidi Fredj", {36.7626, 2.8453}), 5);
    EXPECT_LT(km("Sidi Fredj", {36.1667, 8.2333}), 20);
    EXPECT_GT(km("Sidi Fredj", oran), 300);
    EXPECT_EQ(km("Tadrart Rouge", alger), -1);
}

// A wilaya's capital is labelled with the wilaya's name.
TEST(TownNames, AWilayaIsCalledLikeItsCapital) {
    for (const Wilaya& wilaya : data().wilayas) {
        for (const auto* name : {&wilaya.name_fr, &wilaya.name_ar, &wilaya.name_en})
            EXPECT_LT(towns().nearest_m(*name, wilaya.position).value_or(near), near) << *name;
    }
}

// Whoever goes to a sight names it, and is not sent to a town far away.
TEST(TownNames, NoSightBearsTheNameOfATownElsewhere) {
    for (const Place& place : data().places) {
        for (const auto* name : {&place.name_fr, &place.name_ar, &place.name_en})
            EXPECT_LT(towns().nearest_m(*name, place.position).value_or(0), near) << *name;
    }
}

}  // namespace
}  // namespace safargo::geo
