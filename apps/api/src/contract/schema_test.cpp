// The schema of a request accepts all that the parser accepts, and as little else as a schema can express.
#include "contract/digit_code.hpp"
#include "contract/json.hpp"
#include "contract/public_line.hpp"
#include "contract/query.hpp"
#include "contract/schema_pattern_test.hpp"

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

TEST(Schema, PointsOfAQueryAreDegrees) {
    Components components;
    const std::regex pattern(testing::pattern_of(Codec<LatLng>::schema(components, Direction::request)));
    for (const char* good :
         {"36.7538,3.0588", "-90,-180", "90.0,180.00", "0,0", "0.5,-0.5", "89.9,179.9", "9,99", "036.,.5"}) {
        EXPECT_TRUE(std::regex_match(good, pattern)) << good;
        EXPECT_TRUE(LatLng::parse(good)) << good;
    }
    for (const char* bad :
         {"91,0", "90.1,0", "0,181", "0,180.5", "1", "1,2,3", "a,b", "", ",", "1e1,2", "+1,2", "1, 2"}) {
        EXPECT_FALSE(std::regex_match(bad, pattern)) << bad;
    }
}

template <class T>
void expect_alike(std::initializer_list<const char*> samples, bool good) {
    Components components;
    const std::string schema = Codec<T>::schema(components, Direction::request);
    for (const char* sample : samples) {
        EXPECT_EQ(T::parse(sample).has_value(), good) << sample;
        EXPECT_EQ(testing::lets_pass(schema, sample), good) << sample;
    }
}

TEST(Schema, ALineAcceptsWhatTheServerAccepts) {
    expect_alike<Line<40>>({"Amel", "أمل", " Amel ", "\tAmel\n", "\r\nAmel\u2028", "\u200fأَمَل\u200f", "a\u200db",
                            "Béjaïa \u00a0 gare", "\u200b\n\u2800Amel", "-", "👩\u200d👩"},
                           true);
    expect_alike<Line<40>>({"", " ", "\n", "\u00a0", "\u2800", "\u200b", "\u0301", "\u3164", "\u2028", "\ue000",
                            "Am\nel", "Am\u2028el", "Am\u2029el", "Am\tel", "\u0007Amel", "Amel\u0085Ben"},
                           false);
    expect_alike<Line<40, 0>>({"", " ", "\u2800", "\n", "Amel"}, true);
}

TEST(Schema, ATextAcceptsWhatTheServerAccepts) {
    expect_alike<Text<40>>({"Amel", "two\nlines", "a\tb", "a\r\nb", "\n a \n", "a\u2028b"}, true);
    expect_alike<Text<40>>({"", "\n", "\u2800\n", "\u200b", "a\u0007", "a\u000bb", "\u0085\u0301"}, false);
}

TEST(Schema, TextHasTheLengthsOfItsType) {
    Components components;
    EXPECT_TRUE(Codec<Line<40>>::schema(components, Direction::request)
                    .starts_with(R"({"type":"string","minLength":1,"maxLength":40,"pattern":"^(?=)"));
    const std::string text = Codec<Text<300, 0>>::schema(components, Direction::request);
    EXPECT_TRUE(text.starts_with(R"({"type":"string","minLength":0,"maxLength":300,"pattern":"^[^)")) << text;
}

TEST(Schema, RulesBeyondTheSchemaAreDescribed) {
    Components components;
    EXPECT_TRUE(Codec<PublicLine<80>>::schema(components, Direction::request).contains("phone numbers"));
}

TEST(Schema, ADigitCodeMayBeGrouped) {
    expect_alike<DigitCode<6>>(
        {"482103", "482 103", " 482-103\n", "(482) 103", "٤٨٢١٠٣", "４８２１０３", "482\u00a0103", "482\u200b103"},
        true);
    expect_alike<DigitCode<6>>({"48210a", "482,103", "482/103", "+482103", "482_103"}, false);
    EXPECT_TRUE(SpelledSchema<DigitCode<6>>::text().contains(R"("minLength":6,"maxLength":200,)"));
    EXPECT_TRUE(SpelledSchema<DigitCode<6>>::text().contains(R"("examples":["482103"])"));
}

}  // namespace
}  // namespace safargo::contract
