#include "features/places/routes.hpp"

#include "db/blocking_connection.hpp"
#include "seed/seed.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace safargo::places {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Nobody final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override { co_return fail(Code::unauthenticated); }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

// Algeria, read only by the tests of one suite.
class PlacesTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        database = std::make_unique<testing::TestDatabase>();
        testing::run(seed::load_reference(database->db(), SAFARGO_DATA_DIR, [](auto, auto, auto) {}));
        // Few different values, so that names and slugs have to break ties.
        database->execute(R"(
            update places set rating_count = length(slug) % 4, rating_sum = (length(slug) % 4) * (1 + length(name_fr) % 5),
                              popularity = length(slug) % 3)");
    }
    static void TearDownTestSuite() { database.reset(); }
    static inline std::unique_ptr<testing::TestDatabase> database;

    static const geo::Gazetteer& algeria() {
        static const auto gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        return gazetteer;
    }

    PlacesTest() { add_routes(endpoints_, service_); }

    http::Response get(const std::string& path, const std::string& query = "", Language language = Language::fr) {
        http::Request request;
        request.method = http::Method::get;
        request.path = "/api/v1" + path;
        request.query = query;
        request.context.language = language;
        http::Match match = router_.match(request.method, request.path);
        request.params = match.params;
        return testing::run(match.route->handler(request));
    }
    Result<PlacePage> list(PlaceQuery wanted, Language language = Language::fr) {
        return testing::run(service_.list(std::move(wanted), language));
    }
    std::vector<PlaceView> all(PlaceQuery wanted, std::int64_t page_size, Language language = Language::fr) {
        wanted.limit = Bounded<1, 100>::from(page_size).value();
        std::vector<PlaceView> items;
        for (;;) {
            PlacePage page = list(wanted, language).value();
            EXPECT_LE(std::ssize(page.items), page_size);
            std::ranges::move(page.items, std::back_inserter(items));
            if (!page.next_cursor) return items;
            wanted.cursor = Text<1024>::parse(*page.next_cursor).value();
        }
    }
    std::vector<std::string> slugs(const PlaceQuery& wanted, std::int64_t page_size = 100,
                                   Language language = Language::fr) {
        std::vector<std::string> found;
        for (const PlaceView& place : all(wanted, page_size, language)) found.push_back(place.slug);
        return found;
    }
    static PlaceQuery words(std::string_view text) {
        PlaceQuery wanted;
        wanted.q = Text<100>::parse(text).value();
        return wanted;
    }
    static PlaceQuery near(LatLng centre, std::optional<std::int64_t> radius_km = std::nullopt) {
        PlaceQuery wanted;
        wanted.near = centre;
        if (radius_km) wanted.radius_km = Bounded<1, 1000>::from(*radius_km).value();
        return wanted;
    }

private:
    FakeClock clock_{parse_instant("2026-11-24T06:00:00Z").value()};
    Nobody nobody_;
    NoLimit no_limit_;
    api::CursorSigner cursors_{"0123456789abcdef0123456789abcdef"};
    api::Runtime runtime_{database->db(), nobody_, no_limit_, clock_};
    http::Router router_;
    api::Endpoints endpoints_{router_, runtime_};
    PlaceService service_{database->db(), nullptr, algeria(), cursors_};
};

constexpr LatLng algiers{36.7538, 3.0588};

TEST_F(PlacesTest, BeachesOfAlgiersAndOneOfThem) {
    const http::Response beaches = get("/places", "type=beach&wilaya=16");
    EXPECT_EQ(beaches.status, 200);
    EXPECT_THAT(beaches.body, HasSubstr(R"("slug":"sidi-fredj")"));
    EXPECT_THAT(beaches.body, HasSubstr(R"("type":"beach","wilaya":{"code":16,"name":"Alger"})"));
    const http::Response one = get("/places/sidi-fredj");
    EXPECT_EQ(one.status, 200);
    for (const char* field :
         {R"("id":")", R"("slug":"sidi-fredj")", R"("names":{"fr":")", R"("description":")", R"("unesco":false)",
          R"("rating":)", R"("reviews":)", R"("photos":[])", R"("distance_m":null)"})
        EXPECT_THAT(one.body, HasSubstr(field));
    for (const PlaceView& place : all({.type = PlaceType::beach}, 100)) EXPECT_EQ(place.type, PlaceType::beach);
}

TEST_F(PlacesTest, SpeaksTheCallersLanguage) {
    const http::Response arabic = get("/places/timgad", "", Language::ar);
    EXPECT_THAT(arabic.body, HasSubstr(R"("name":"تيمقاد)"));
    EXPECT_THAT(arabic.body, HasSubstr(R"("wilaya":{"code":5,"name":"باتنة"})"));
    EXPECT_THAT(get("/places/timgad", "", Language::en).body, HasSubstr(R"j("name":"Timgad (Thamugadi)")j"));
    EXPECT_NE(get("/places/timgad").body, get("/places/timgad", "", Language::en).body);
}

TEST_F(PlacesTest, TagFollowsContentAndLanguage) {
    const auto tag = [](const http::Response& response) {
        const auto found = std::ranges::find(response.headers, "ETag", [](const auto& header) { return header.first; });
        return found == response.headers.end() ? std::string{} : found->second;
    };
    EXPECT_NE(tag(get("/places/timgad")), "");
    EXPECT_EQ(tag(get("/places/timgad")), tag(get("/places/timgad")));
    EXPECT_NE(tag(get("/places/timgad")), tag(get("/places/timgad", "", Language::ar)));
    EXPECT_NE(tag(get("/places")), "");
}

TEST_F(PlacesTest, UnknownPlaceIsNotFound) {
    EXPECT_EQ(get("/places/atlantis").status, 404);
    EXPECT_EQ(get("/places/" + std::string(101, 'a')).status, 404);
}

struct Label {
    const char *typed, *slug;
};

TEST_F(PlacesTest, WordsFindWhatPeopleMean) {
    for (const auto& [typed, slug] : std::initializer_list<Label>{{"Timgad", "timgad"},
                                                                  {"timgd", "timgad"},
                                                                  {"thamugadi", "timgad"},
                                                                  {"تيمقاد", "timgad"},
                                                                  {"TIPASA", "tipasa-site-archeologique"},
                                                                  {"Casbah d'Alger", "casbah-alger"},
                                                                  {"casbah of algiers", "casbah-alger"},
                                                                  {"قصبة الجزائر", "casbah-alger"},
                                                                  {"القصبة الجزائر", "casbah-alger"},
                                                                  {"sidi fredj", "sidi-fredj"},
                                                                  {"sidi ferdj", "sidi-fredj"},
                                                                  {"djemila", "djemila"},
                                                                  {"djmila", "djemila"},
                                                                  {"cuicul", "djemila"},
                                                                  {"جميلة", "djemila"},
                                                                  {"assekrem", "assekrem"},
                                                                  {"asekrem", "assekrem"},
                                                                  {"ghoufi", "balcons-du-ghoufi"},
                                                                  {"chenoua plage", "chenoua-plage"}}) {
        const auto found = slugs(words(typed));
        ASSERT_FALSE(found.empty()) << typed;
        EXPECT_EQ(found.front(), slug) << typed;
    }
    EXPECT_TRUE(slugs(words("xqzwv")).empty());
    EXPECT_TRUE(slugs(words("???")).empty());
}

TEST_F(PlacesTest, WordsAroundANameAndUnknownOnesHideNothing) {
    for (const auto& [typed, slug] : std::initializer_list<Label>{{"Timgad Algérie", "timgad"},
                                                                  {"ville de Timgad", "timgad"},
                                                                  {"تيمقاد الجزائر", "timgad"},
                                                                  {"مدينة تيمقاد", "timgad"},
                                                                  {"تيمڨاد", "timgad"},
                                                                  {"Timgad xqzwv", "timgad"},
                                                                  {"xqzwv timgad", "timgad"},
                                                                  {"timgd hotel pas cher", "timgad"},
                                                                  {"djemila cuicul photos", "djemila"},
                                                                  {"casbah d'Alger Algérie", "casbah-alger"},
                                                                  {"assekrem lever du soleil", "assekrem"},
                                                                  {"جميـلة", "djemila"},
                                                                  {"جَمِيلة", "djemila"},
                                                                  {"جميله", "djemila"},
                                                                  {"\u200fجميلة", "djemila"}}) {
        const auto found = slugs(words(typed));
        ASSERT_FALSE(found.empty()) << typed;
        EXPECT_EQ(found.front(), slug) << typed;
    }
    EXPECT_TRUE(slugs(words("xqzwv qwrtzp")).empty());
    EXPECT_EQ(slugs(words("plage xqzwv"), 3), slugs(words("plage xqzwv"), 100)) << "pages of some of the words";
    EXPECT_GT(slugs(words("plage xqzwv")).size(), 10U);
}

TEST_F(PlacesTest, WordsObeyTheOtherFilters) {
    PlaceQuery wanted = words("casbah");
    wanted.wilaya = Bounded<1, 99>::of<6>();
    EXPECT_THAT(slugs(wanted), ElementsAre("casbah-de-bejaia"));
}

TEST_F(PlacesTest, NearestFirstByTheDistanceOnTheSphere) {
    const auto found = all(near(algiers), 100);
    ASSERT_EQ(found.size(), 254U);
    double before = 0;
    for (const PlaceView& place : found) {
        const double distance = distance_m(algiers, {place.lat, place.lng});
        EXPECT_GE(distance, before - 1e-3) << place.slug;
        EXPECT_EQ(place.distance_m, std::llround(distance));
        before = distance;
    }
}

TEST_F(PlacesTest, RadiusHoldsExactlyWhatIsWithin) {
    const auto everything = all({}, 100);
    for (const LatLng centre : {algiers, LatLng{22.785, 5.5228}, LatLng{35.6971, -0.6308}, LatLng{36.9, 7.76}}) {
        for (const std::int64_t radius_km : {1, 7, 50, 333, 1000}) {
            std::vector<std::string> expected;
            for (const PlaceView& place : everything) {
                if (distance_m(centre, {place.lat, place.lng}) <= 1'000.0 * static_cast<double>(radius_km))
                    expected.push_back(place.slug);
            }
            EXPECT_THAT(slugs(near(centre, radius_km)), ::testing::UnorderedElementsAreArray(expected)) << radius_km;
        }
    }
}

TEST_F(PlacesTest, MapSectionHoldsExactlyWhatIsInside) {
    const BoundingBox section = BoundingBox::parse("36.5,2.5,36.9,3.3").value();
    std::vector<std::string> expected;
    for (const PlaceView& place : all({}, 100)) {
        if (place.lat >= 36.5 && place.lat <= 36.9 && place.lng >= 2.5 && place.lng <= 3.3)
            expected.push_back(place.slug);
    }
    ASSERT_GT(expected.size(), 5U);
    PlaceQuery wanted;
    wanted.bbox = section;
    EXPECT_THAT(slugs(wanted), ::testing::UnorderedElementsAreArray(expected));
    wanted.near = LatLng{22.785, 5.5228};
    EXPECT_EQ(slugs(wanted).size(), expected.size());
    wanted.radius_km = Bounded<1, 1000>::of<10>();  // the circle is elsewhere
    EXPECT_TRUE(slugs(wanted).empty());
}

TEST_F(PlacesTest, PagesTogetherAreTheWholeListInEveryOrder) {
    for (const Language language : {Language::fr, Language::ar, Language::en}) {
        for (const auto order : {PlaceOrder::rating, PlaceOrder::popularity, PlaceOrder::distance, PlaceOrder::name}) {
            PlaceQuery wanted = near(algiers);
            wanted.sort = order;
            const auto whole = slugs(wanted, 100, language);
            EXPECT_EQ(whole.size(), 254U);
            EXPECT_EQ(slugs(wanted, 9, language), whole) << contract::enum_name(order);
        }
    }
    EXPECT_EQ(slugs(words("plage"), 3), slugs(words("plage"), 100));
    EXPECT_GT(slugs(words("plage")).size(), 10U);
}

TEST_F(PlacesTest, OrdersSortAsNamed) {
    const auto by = [&](PlaceOrder order) {
        PlaceQuery wanted;
        wanted.sort = order;
        return all(wanted, 100);
    };
    const auto rated = by(PlaceOrder::rating);
    for (std::size_t i = 1; i < rated.size(); ++i)
        EXPECT_GE(rated[i - 1].rating.value_or(0), rated[i].rating.value_or(0)) << i;
    const auto visited = all({}, 100);
    EXPECT_TRUE(std::ranges::is_partitioned(visited, &PlaceView::unesco));
    EXPECT_EQ(visited.front().slug, by(PlaceOrder::popularity).front().slug);
    const auto named = by(PlaceOrder::name);
    // Accents do not send a name to the end of the alphabet.
    EXPECT_LT(std::ranges::find(named, "djemila", &PlaceView::slug),
              std::ranges::find(named, "timgad", &PlaceView::slug));
    EXPECT_LT(std::ranges::find(named, "timgad", &PlaceView::slug),
              std::ranges::find(named, "tlemcen", &PlaceView::slug));
    EXPECT_EQ(named.front().name.front(), 'A');
}

TEST_F(PlacesTest, ACursorIsBoundToItsQuery) {
    PlaceQuery wanted;
    wanted.limit = Bounded<1, 100>::of<5>();
    const std::string cursor = list(wanted).value().next_cursor.value();
    EXPECT_EQ(get("/places", "limit=9&cursor=" + cursor).status, 200);
    for (const char* other : {"sort=name&", "type=beach&", "wilaya=16&", "q=timgad&", "near=36,3&", "bbox=30,0,37,9&"})
        EXPECT_EQ(get("/places", other + ("cursor=" + cursor)).status, 400) << other;
    EXPECT_EQ(get("/places", "cursor=" + cursor, Language::ar).status, 400);
    EXPECT_EQ(get("/places", "cursor=x").status, 400);
}

TEST_F(PlacesTest, RefusesBadQueriesByName) {
    struct Bad {
        const char *query, *field;
    };
    for (const auto& [query, field] : std::initializer_list<Bad>{{"type=volcano", "type"},
                                                                 {"type=", "type"},
                                                                 {"wilaya=0", "wilaya"},
                                                                 {"wilaya=100", "wilaya"},
                                                                 {"wilaya=Alger", "wilaya"},
                                                                 {"q=", "q"},
                                                                 {"near=36.7", "near"},
                                                                 {"near=36.7,3,1", "near"},
                                                                 {"near=91,0", "near"},
                                                                 {"near=nan,0", "near"},
                                                                 {"near=36,3&radius_km=0", "radius_km"},
                                                                 {"near=36,3&radius_km=1001", "radius_km"},
                                                                 {"near=36,3&radius_km=1.5", "radius_km"},
                                                                 {"radius_km=10", "near"},
                                                                 {"sort=distance", "near"},
                                                                 {"sort=best", "sort"},
                                                                 {"bbox=1,2,3", "bbox"},
                                                                 {"bbox=1,2,3,4,5", "bbox"},
                                                                 {"bbox=37,0,30,9", "bbox"},
                                                                 {"bbox=30,9,37,0", "bbox"},
                                                                 {"bbox=-91,0,0,0", "bbox"},
                                                                 {"bbox=a,b,c,d", "bbox"},
                                                                 {"limit=0", "limit"},
                                                                 {"limit=101", "limit"},
                                                                 {"cursor=", "cursor"},
                                                                 {"page=2", "page"},
                                                                 {"q=a&q=b", "q"}}) {
        const http::Response answer = get("/places", query);
        EXPECT_EQ(answer.status, 422) << query;
        EXPECT_THAT(answer.body, HasSubstr(fmt::format(R"("field":"{}")", field))) << query;
    }
    EXPECT_EQ(get("/places", "q=%ff").status, 400);
    EXPECT_EQ(get("/places", "q=%00").status, 400);
    EXPECT_EQ(get("/places", "wilaya=99").body, R"({"items":[],"next_cursor":null})");
}

// Even the generic plan finds the box by the index that the guide prescribes.
TEST_F(PlacesTest, BoxUsesTheIndex) {
    db::BlockingConnection connection(database->url());
    connection.execute(
        "set enable_seqscan = off; set enable_bitmapscan = off; set plan_cache_mode = force_generic_plan");
    connection.execute(fmt::format("prepare places_in_box as {}", list_places_sql()));
    std::string plan;
    const db::Rows lines = connection.query(
        "explain execute places_in_box ('fr', 'popularity', null, null, null, null, null, 36.5, 2.5, 36.9, 3.3, null, "
        "null, null, null, null, 20)");
    for (const db::Row line : lines) plan += line.get<std::string>(0) + '\n';
    EXPECT_THAT(plan, HasSubstr("Index Scan using idx_places_geo on places p"));
    EXPECT_THAT(plan, HasSubstr("Index Cond: (point(lat, lng) <@ box("));
}

}  // namespace
}  // namespace safargo::places
