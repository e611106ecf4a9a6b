#include "features/places/finder.hpp"

#include "features/places/index_double_test.hpp"
#include "geo/name_fold.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

#include <memory>

namespace safargo::places {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class FinderTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>();
        testing::run(seed::load_reference(database->db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
    }
    static void TearDownTestSuite() { database.reset(); }
    static inline std::unique_ptr<testing::TestDatabase> database;

    static const geo::Gazetteer& algeria() {
        static const auto gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        return gazetteer;
    }

    std::vector<std::string> slugs(PlaceFinder& finder, PlaceSearchQuery query) {
        std::vector<std::string> found;
        for (FoundName& place : testing::run(finder.find(std::move(query)))) found.push_back(place.slug);
        return found;
    }
    std::vector<std::string> slugs(PlaceSearchQuery query) { return slugs(finder_, std::move(query)); }

    static PlaceHit hit(std::string code, const std::string& name, NamedKind kind = NamedKind::place) {
        return {.kind = kind,
                .code = std::move(code),
                .wilaya = 5,
                .at = {35.48, 6.46},
                .weight = 500,
                .folded_names = {geo::fold_name(name)}};
    }

    PlaceFinder finder_{database->db(), nullptr, algeria()};
    IndexDouble index_;
    PlaceFinder indexed_{database->db(), &index_, algeria()};
};

TEST_F(FinderTest, ATownWithoutSightsOfItsNameLeadsToWhatIsAroundIt) {
    const auto around = slugs({.words = "El Eulma"});
    ASSERT_FALSE(around.empty());
    EXPECT_EQ(around.front(), "ain-hanech") << "the nearest";
    EXPECT_THAT(around, Contains("djemila"));
    EXPECT_THAT(around, Not(Contains("timgad"))) << "a hundred kilometres away";
    EXPECT_EQ(slugs({.words = "Djemila"}).front(), "djemila") << "the sight, not what is around the commune";
    const auto oran = slugs({.words = "Oran"});
    EXPECT_THAT(oran, Contains("fort-santa-cruz")) << "it is there, though not in its name";
    EXPECT_LT(std::ranges::find(oran, "palais-du-bey-oran"), std::ranges::find(oran, "fort-santa-cruz"));
}

TEST_F(FinderTest, FiltersNarrowWhatIsAroundToo) {
    EXPECT_THAT(slugs({.words = "El Eulma", .type = "museum"}), ElementsAre("musee-de-setif"));
    EXPECT_THAT(slugs({.words = "El Eulma", .wilaya = 31}), IsEmpty());
}

TEST_F(FinderTest, DescriptionsAreSearchedWhereNoNameIsMeant) {
    EXPECT_THAT(slugs({.words = "tapis de haute laine"}), Contains("aflou-djebel-amour"));
    EXPECT_THAT(slugs({.words = "flamants roses"}), ElementsAre("sebkha-d-oran"));
    EXPECT_THAT(slugs({.words = "فلامنغو xqzwv"}), IsEmpty());
    EXPECT_THAT(slugs({.words = "le la les"}), IsEmpty());
}

TEST_F(FinderTest, NothingButPunctuationFindsNothing) {
    for (const char* words : {"", " ,;! ", "???"}) EXPECT_THAT(slugs({.words = words}), IsEmpty()) << words;
}

TEST_F(FinderTest, TheCircleAndTheSectionNarrowTheSearch) {
    EXPECT_THAT(slugs({.words = "casbah", .near = LatLng{36.75, 5.08}, .radius_m = 20'000}),
                ElementsAre("casbah-de-bejaia"));
    EXPECT_THAT(slugs({.words = "casbah", .south_west = {36.9, 3.8}, .north_east = {37, 4}}),
                ElementsAre("casbah-de-dellys"));
}

TEST_F(FinderTest, AsksTheIndexAndRanksWhatItFound) {
    index_.hits = {hit("djemila", "Djémila"), hit("timgad", "Timgad")};
    EXPECT_THAT(slugs(indexed_, {.words = "timgad"}), ElementsAre("timgad"));
    EXPECT_EQ(index_.searches, 1);
}

TEST_F(FinderTest, PostgresqlAnswersForAnIndexThatFails) {
    index_.hits = {hit("elsewhere", "Timgad")};
    for (const auto fault : {IndexDouble::Fault::unavailable, IndexDouble::Fault::slow}) {
        index_.fault = fault;
        EXPECT_THAT(slugs(indexed_, {.words = "timgad"}), ElementsAre("timgad"));
        EXPECT_THAT(slugs(indexed_, {.words = "flamants roses"}), ElementsAre("sebkha-d-oran"));
    }
    index_.fault = IndexDouble::Fault::none;
    EXPECT_THAT(slugs(indexed_, {.words = "timgad"}), ElementsAre("elsewhere")) << "it is back";
}

}  // namespace
}  // namespace safargo::places
