#include "adapters/opensearch/answers.hpp"

#include <gmock/gmock.h>

#include <functional>

namespace safargo::opensearch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* source =
    R"({"kind":"place","code":"timgad","wilaya":5,"at":{"lat":35.48,"lon":6},"weight":550,"names":["timgad","تيمقاد"]})";

std::string answer_with(const std::string& hits, const std::string& timed_out = "false",
                        const std::string& failed = "0") {
    return R"({"took":3,"timed_out":)" + timed_out + R"(,"_shards":{"total":1,"failed":)" + failed +
           R"(},"hits":{"max_score":null,"hits":[)" + hits + "]}}";
}

std::string hit(const std::string& source_json) {
    return R"({"_id":"place:timgad","_version":12,"_source":)" + source_json + "}";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

void expect_refused(const std::function<void()>& read, const std::string& body) {
    try {
        read();
        ADD_FAILURE() << "accepted: " << body;
    } catch (const BadAnswer& bad) {
        EXPECT_THAT(bad.what(), Not(HasSubstr("secret"))) << "quotes the answer";
    }
}

TEST(Answers, AHitIsReadWhole) {
    EXPECT_THAT(read_hits(answer_with(hit(source)), 10), ElementsAre(PlaceHit{.kind = NamedKind::place,
                                                                              .code = "timgad",
                                                                              .wilaya = 5,
                                                                              .at = {35.48, 6},
                                                                              .weight = 550,
                                                                              .folded_names = {"timgad", "تيمقاد"}}));
    EXPECT_TRUE(read_hits(answer_with(""), 10).empty());
}

TEST(Answers, EveryPartOfAHitMustBeRight) {
    struct Wrong {
        const char *what, *by;
    };
    for (const auto& [what, by] : std::initializer_list<Wrong>{{R"("place")", R"("secret")"},
                                                               {R"("kind":"place",)", ""},
                                                               {R"("timgad","wil)", R"(7,"wil)"},
                                                               {":5,", ":0,"},
                                                               {":5,", ":100,"},
                                                               {":5,", ":5.5,"},
                                                               {"35.48", "91"},
                                                               {"35.48", R"("secret")"},
                                                               {R"("lat":35.48,)", ""},
                                                               {"550", "1000"},
                                                               {"550", "-1"},
                                                               {R"(["timgad","تيمقاد"])", R"("secret")"},
                                                               {R"(["timgad",)", R"([null,)"}}) {
        const std::string body = answer_with(hit(replaced(source, what, by)));
        expect_refused([&] { read_hits(body, 10); }, body);
    }
}

TEST(Answers, PartOfASearchIsNoSearch) {
    for (const std::string& body :
         {answer_with(hit(source), "true"), answer_with(hit(source), "false", "1"), answer_with(hit(source), "1"),
          std::string("{}"), std::string("[]"), std::string("null"), std::string(), std::string("<html>secret</html>"),
          answer_with(hit(source)).substr(0, 120), std::string(100'000, '[')})
        expect_refused([&] { read_hits(body, 10); }, body.substr(0, 200));
}

TEST(Answers, MoreThanWasAskedForIsRefused) {
    const std::string body = answer_with(hit(source) + "," + hit(source));
    EXPECT_EQ(read_hits(body, 2).size(), 2U);
    expect_refused([&] { read_hits(body, 1); }, body);
    const std::string long_name = replaced(source, "timgad\",\"تيم", std::string(301, 'x') + "\",\"تيم");
    expect_refused([&] { read_hits(answer_with(hit(long_name)), 10); }, "a long name");
}

TEST(Answers, MarksCarryTheirVersions) {
    EXPECT_THAT(read_marks(answer_with(hit(source)), 10), ElementsAre(PlaceMark{NamedKind::place, "timgad", 12}));
    const std::string body = answer_with(replaced(hit(source), R"("_version":12,)", ""));
    expect_refused([&] { read_marks(body, 10); }, body);
}

TEST(Answers, ABulkSucceedsIfEachDocumentIsThereOrANewerOne) {
    const std::string written = R"({"index":{"_id":"a","status":201}})",
                      newer = R"({"index":{"_id":"a","status":409}})",
                      removed = R"({"delete":{"_id":"a","result":"deleted","status":200}})",
                      none = R"({"delete":{"_id":"a","result":"not_found","status":404}})";
    for (const std::string& item : {written, newer, removed, none})
        EXPECT_NO_THROW(check_bulk(R"({"errors":true,"items":[)" + item + "]}", 1)) << item;
    const std::string no_index = R"({"index":{"_id":"a","status":404,"error":{"type":"index_not_found_exception"}}})",
                      no_index_to_delete_from = R"({"delete":{"_id":"a","status":404,"error":{}}})",
                      refused = R"({"index":{"_id":"a","status":400}})", busy = R"({"index":{"_id":"a","status":429}})";
    for (const std::string& item :
         {no_index, no_index_to_delete_from, refused, busy, std::string("{}"), std::string("1")}) {
        const std::string body = R"({"errors":true,"items":[)" + item + "]}";
        expect_refused([&] { check_bulk(body, 1); }, body);
    }
    expect_refused([&] { check_bulk(R"({"items":[]})", 1); }, "too few");
    expect_refused([&] { check_bulk(R"({"items":[)" + written + "," + written + "]}", 1); }, "too many");
}

TEST(Answers, ALayoutIsThatOfOneIndex) {
    EXPECT_EQ(read_layout(R"({"safargo-places-3":{"mappings":{"_meta":{"layout":4},"properties":{}}}})"), 4);
    for (const char* body :
         {R"({"a":{"mappings":{"_meta":{"layout":4}}},"b":{"mappings":{"_meta":{"layout":4}}}})",
          R"({"a":{"mappings":{"properties":{}}}})", R"({"a":{"mappings":{"_meta":{"layout":"4"}}}})", "{}"})
        expect_refused([&] { read_layout(body); }, body);
}

TEST(Answers, AListOfIndexesIsTheirNames) {
    EXPECT_THAT(read_index_names(R"([{"index":"safargo-places-2"},{"index":"other"}])"),
                ElementsAre("safargo-places-2", "other"));
    EXPECT_TRUE(read_index_names("[]").empty());
    expect_refused([] { read_index_names(R"({"index":"a"})"); }, "no list");
}

}  // namespace
}  // namespace safargo::opensearch
