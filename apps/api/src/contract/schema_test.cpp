// The published schema of what comes in: whatever it lets pass, the parser takes.
#include "contract/json.hpp"
#include "contract/query.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::contract {

struct TakesOne {
    std::optional<Text<4, 4>> pin;
    std::optional<Bounded<1, 9>> number;
};
BOOST_DESCRIBE_STRUCT(TakesOne, (), (pin, number))
template <>
inline constexpr bool takes_one_member<TakesOne> = true;

namespace {

TEST(Schema, ARequestThatTakesOneMemberSaysSo) {
    Components components;
    Codec<TakesOne>::schema(components, Direction::request);
    const std::string schema = components.schemas().at("TakesOne");
    const std::string pin = text_schema(4, 4, Breaks::allowed);
    EXPECT_TRUE(schema.ends_with(
        R"(,"additionalProperties":false,"oneOf":[{"required":["pin"],"properties":{"pin":)" + pin +
        R"(}},{"required":["number"],"properties":{"number":{"type":"integer","minimum":1,"maximum":9}}}]})"))
        << schema;
    EXPECT_EQ(schema.find(R"("required":["pin","number"])"), std::string::npos);
}

// What stands behind "pattern": in a schema, as a regular expression.
std::string pattern_of(const std::string& schema) {
    constexpr std::string_view key = R"("pattern":")";
    const std::size_t begin = schema.find(key) + key.size();
    std::string text = schema.substr(begin, schema.find("\"}", begin) - begin);
    for (std::size_t at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\", at + 1)) text.erase(at, 1);
    return text;
}

TEST(Schema, PointsOfAQueryAreDegrees) {
    Components components;
    const std::regex pattern(pattern_of(Codec<LatLng>::schema(components, Direction::request)));
    for (const char* good : {"36.7538,3.0588", "-90,-180", "90.0,180.00", "0,0", "0.5,-0.5", "89.9,179.9", "9,99"}) {
        EXPECT_TRUE(std::regex_match(good, pattern)) << good;
        EXPECT_TRUE(LatLng::parse(good)) << good;
    }
    for (const char* bad :
         {"91,0", "90.1,0", "0,181", "0,180.5", "1", "1,2,3", "a,b", "", ",", "1e1,2", "+1,2", "1, 2"}) {
        EXPECT_FALSE(std::regex_match(bad, pattern)) << bad;
    }
}

TEST(Schema, TextIsOfTheLengthsAndBreaksThatItsTypeHas) {
    Components components;
    const auto schema = [&]<class T>(std::type_identity<T>) {
        return Codec<T>::schema(components, Direction::request);
    };
    const std::string line = schema(std::type_identity<Line<40>>{});
    const std::string text = schema(std::type_identity<Text<300, 0>>{});
    EXPECT_TRUE(line.starts_with(R"({"type":"string","minLength":1,"maxLength":40,"pattern":"^(?=)")) << line;
    EXPECT_TRUE(text.starts_with(R"({"type":"string","minLength":0,"maxLength":300,"pattern":"^[^)")) << text;
    EXPECT_NE(line.find(R"([^\\u0000-\\u001f\\u007f-\\u009f]*$)"), std::string::npos) << line;
}

}  // namespace
}  // namespace safargo::contract
