#include "contract/json.hpp"
#include "contract/query.hpp"

#include <gtest/gtest.h>

namespace safargo::contract {
namespace {

enum class Mode { instant, approval };
BOOST_DESCRIBE_ENUM(Mode, instant, approval)

struct Stop {
    double lat, lng;
    Text<20> label;
    std::optional<Dinars> price;
};
BOOST_DESCRIBE_STRUCT(Stop, (), (lat, lng, label, price))

struct Wanted {
    TripId trip;
    SeatCount seats;
    Mode mode;
    Instant at;
    std::optional<bool> smoking;
    List<Stop, 2, 3> stops;
    Patch<std::optional<Text<5>>> note;
};
BOOST_DESCRIBE_STRUCT(Wanted, (), (trip, seats, mode, at, smoking, stops, note))

struct View {
    std::string name;
    std::optional<std::int64_t> rating;
    std::vector<double> values;
    Mode mode;
};
BOOST_DESCRIBE_STRUCT(View, (), (name, rating, values, mode))

struct Search {
    LatLng from;
    std::optional<LocalDate> date;
    std::optional<SeatCount> seats;
};
BOOST_DESCRIBE_STRUCT(Search, (), (from, date, seats))

std::string body(std::string_view seats = "2", std::string_view extra = "") {
    return R"({"trip":"018f6d1e-0000-7000-8000-000000000000","seats":)" + std::string(seats) +
           R"(,"mode":"instant","at":"2026-12-03T07:00:00Z","stops":[{"lat":36.75,"lng":3.05,"label":" Alger "},)"
           R"({"lat":35.7,"lng":-0.63,"label":"Oran","price":1500}])" +
           std::string(extra) + "}";
}

// The only wrong field of a body, as "field: rule".
std::string wrong(std::string_view text) {
    const auto parsed = parse_json<Wanted>(text);
    if (parsed) return "accepted";
    std::string all(info(parsed.error().code).name);
    for (const auto& field : parsed.error().fields)
        all += " " + field.field + ":" + std::string(name(field.violation.rule));
    return all;
}

TEST(ParseJson, ReadsEveryKindOfField) {
    const auto wanted = parse_json<Wanted>(body("3", R"(,"smoking":null,"note":null)"));
    ASSERT_TRUE(wanted);
    EXPECT_EQ(wanted->seats.value(), 3);
    EXPECT_EQ(wanted->mode, Mode::instant);
    EXPECT_EQ(format_instant(wanted->at), "2026-12-03T07:00:00Z");
    EXPECT_EQ(wanted->stops[0].label.str(), "Alger");
    EXPECT_EQ(wanted->stops[1].price, Dinars{1500});
    EXPECT_FALSE(wanted->stops[0].price);
    ASSERT_TRUE(wanted->note);
    EXPECT_FALSE(*wanted->note);
}

TEST(ParseJson, AnAbsentPatchIsNotANull) {
    const auto wanted = parse_json<Wanted>(body());
    ASSERT_TRUE(wanted);
    EXPECT_FALSE(wanted->note);
}

TEST(ParseJson, NamesTheWrongField) {
    EXPECT_EQ(wrong(body("0")), "validation_failed seats:out_of_range");
    EXPECT_EQ(wrong(body("9")), "validation_failed seats:out_of_range");
    EXPECT_EQ(wrong(body("\"2\"")), "validation_failed seats:wrong_type");
    EXPECT_EQ(wrong(body("1e3")), "validation_failed seats:not_an_integer");
    EXPECT_EQ(wrong(body("2.0")), "validation_failed seats:not_an_integer");
    EXPECT_EQ(wrong(body("99999999999999999999")), "validation_failed seats:not_an_integer");
    EXPECT_EQ(wrong(body("null")), "validation_failed seats:wrong_type");
    EXPECT_EQ(wrong(body("2", R"(,"colour":1)")), "validation_failed colour:unknown_field");
    EXPECT_EQ(wrong(body("2", R"(,"seats":3)")), "validation_failed seats:duplicate_field");
    EXPECT_EQ(wrong(body("2", R"(,"note":"a\u0000b")")), "validation_failed note:bad_encoding");
    EXPECT_EQ(wrong(body("2", R"(,"note":"abcdef")")), "validation_failed note:too_long");
}

TEST(ParseJson, CollectsAllWrongFieldsAtOnce) {
    EXPECT_EQ(wrong(R"({"trip":"x","seats":1,"mode":"maybe","at":"now","stops":[{"lat":1,"lng":"a","label":""}]})"),
              "validation_failed trip:bad_format mode:not_allowed at:bad_format stops:too_few");
    EXPECT_EQ(wrong("{}"), "validation_failed trip:required seats:required mode:required at:required stops:required");
}

TEST(ParseJson, NamesTheElementOfAList) {
    std::string text = body();
    text.replace(text.find("-0.63"), 5, "true");
    EXPECT_EQ(wrong(text), "validation_failed stops[1].lng:wrong_type");
}

TEST(ParseJson, RefusesWhatIsNotJson) {
    EXPECT_EQ(wrong(""), "malformed_request :bad_format");
    EXPECT_EQ(wrong("{\"seats\":01}"), "malformed_request :bad_format");
    EXPECT_EQ(wrong("{} x"), "malformed_request :bad_format");
    EXPECT_EQ(wrong("{\"note\":\"\xff\"}"), "malformed_request note:bad_encoding");
    EXPECT_EQ(wrong("{\"note\":\"\\ud800\"}"), "malformed_request note:bad_format");
    EXPECT_EQ(wrong("{'a':1}"), "malformed_request :bad_format");
    EXPECT_EQ(wrong("[1,]"), "malformed_request [1]:bad_format");
    EXPECT_EQ(wrong("{\"note\":" + std::string(40, '[') + std::string(40, ']') + "}").substr(0, 22),
              "malformed_request note");
    EXPECT_EQ(wrong("[]"), "validation_failed :wrong_type");
}

TEST(Schema, BoundsPricesInRequestsButNotSumsInResponses) {
    Components components;
    EXPECT_EQ(Codec<Dinars>::schema(components, Direction::request),
              R"({"type":"integer","minimum":0,"maximum":10000000})");
    EXPECT_EQ(Codec<Dinars>::schema(components, Direction::response), R"({"type":"integer","format":"int64"})");
}

TEST(PrintJson, WritesEveryKindOfField) {
    const View view{.name = "Béjaïa \"x\"\n", .rating = {}, .values = {1, 0.1, -2.5}, .mode = Mode::approval};
    EXPECT_EQ(to_json(view), R"({"name":"Béjaïa \"x\"\n","rating":null,"values":[1,0.1,-2.5],"mode":"approval"})");
    EXPECT_EQ(to_json(std::vector<std::int64_t>{}), "[]");
}

TEST(ParseQuery, ReadsScalars) {
    const auto search = parse_query<Search>("from=36.75,3.05&date=2026-12-03&seats=2");
    ASSERT_TRUE(search);
    EXPECT_DOUBLE_EQ(search->from.lng, 3.05);
    EXPECT_EQ(search->seats->value(), 2);
}

TEST(SplitQuery, ANameAloneHasAnEmptyValueAndEmptyPairsAreSkipped) {
    const auto split = [](std::string_view query) { return split_query(query).value(); };
    EXPECT_EQ(split("a&&b=&=c&"), (QueryPairs{{"a", ""}, {"b", ""}, {"", "c"}}));
    EXPECT_EQ(split(""), QueryPairs{});
    EXPECT_EQ(split("near=36.7,3.0=x|[y]&q=%20a+b%2B"), (QueryPairs{{"near", "36.7,3.0=x|[y]"}, {"q", " a b+"}}));
}

TEST(ParseQuery, NamesTheWrongParameter) {
    const auto rule = [](std::string_view query) {
        const auto parsed = parse_query<Search>(query);
        if (parsed) return std::string("accepted");
        const auto& first = parsed.error().fields.at(0);
        return first.field + ":" + std::string(name(first.violation.rule));
    };
    EXPECT_EQ(rule(""), "from:required");
    EXPECT_EQ(rule("from=91,0"), "from:out_of_range");
    EXPECT_EQ(rule("from=nan,0"), "from:out_of_range");
    EXPECT_EQ(rule("from=1,2&seats=1e0"), "seats:not_an_integer");
    EXPECT_EQ(rule("from=1,2&date=2026-02-30"), "date:bad_format");
    EXPECT_EQ(rule("from=1,2&x=1"), "x:unknown_field");
    EXPECT_EQ(rule("from=1,2&from=1,2"), "from:duplicate_field");
    EXPECT_EQ(rule("from=%zz"), "from:bad_format");
    EXPECT_EQ(rule("from=%ff"), "from:bad_encoding");
    EXPECT_EQ(rule("from=%00"), "from:bad_encoding");
    EXPECT_EQ(rule("from=1%2C2%"), "from:bad_format");
    EXPECT_EQ(rule("from=1%2C2"), "accepted");
}

TEST(Schema, DescribesRequestsAndAnswers) {
    Components components;
    EXPECT_EQ(Codec<Wanted>::schema(components, Direction::request), R"({"$ref":"#/components/schemas/Wanted"})");
    const std::string& stop = components.schemas().at("Stop");
    EXPECT_EQ(stop, R"({"type":"object","properties":{"lat":{"type":"number"},"lng":{"type":"number"},)"
                    R"("label":)" +
                        text_schema(1, 20, Breaks::allowed) +
                        R"(,)"
                        R"("price":{"type":["integer","null"],"minimum":0,"maximum":10000000}},)"
                        R"("required":["lat","lng","label"],"additionalProperties":false})");
    EXPECT_THROW(Codec<Stop>::schema(components, Direction::response), std::logic_error);
    Codec<View>::schema(components, Direction::response);
    EXPECT_NE(components.schemas().at("View").find(R"("required":["name","rating","values","mode"])"),
              std::string::npos);
}

TEST(Schema, DescribesAPointOfAQueryAsText) {
    Components components;
    EXPECT_NE(query_parameters<Search>(components)
                  .find(R"({"name":"from","in":"query","required":true,"schema":{"type":"string","pattern":)"),
              std::string::npos);
}

}  // namespace
}  // namespace safargo::contract
