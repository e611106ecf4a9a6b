#include "contract/examples.hpp"

#include "contract/digit_code.hpp"
#include "contract/json.hpp"
#include "contract/list_filters.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::contract {

struct Luggage {
    Text<20> label;
    std::optional<Bounded<1, 9>> pieces;
};
BOOST_DESCRIBE_STRUCT(Luggage, (), (label, pieces))

struct Ride {
    Id<struct RideTag> id;
    Instant departure_at;
    LocalDate day;
    When when;
    Dinars price;
    std::optional<Instant> expires_at;
    std::optional<Luggage> luggage;
    List<Luggage, 2, 5> bags;
    bool quiet;
    DigitCode<4> code;
    Text<5> sign;
};
BOOST_DESCRIBE_STRUCT(Ride, (), (id, departure_at, day, when, price, expires_at, luggage, bags, quiet, code, sign))

struct Either {
    std::optional<Bounded<3, 9>> number;
    std::optional<Text<9>> word;
};
BOOST_DESCRIBE_STRUCT(Either, (), (number, word))
template <>
inline constexpr bool takes_one_member<Either> = true;

struct Told {
    Bounded<1, 99> wilaya;
};
BOOST_DESCRIBE_STRUCT(Told, (), (wilaya))
template <>
inline constexpr std::string_view example_of<Told> = R"({"wilaya":31})";

namespace {

template <class T>
std::string example() {
    Components components;
    const std::string schema = Codec<T>::schema(components, Direction::request);
    return Examples(components).of(schema);
}

TEST(Examples, AreComposedOfTheirMembers) {
    EXPECT_EQ(example<Ride>(),
              R"({"id":"01939f6e-7c00-7a3b-8c4d-5e6f70819203","departure_at":"2026-12-10T07:00:00Z",)"
              R"("day":"2026-12-10","when":"upcoming","price":1500,"expires_at":null,)"
              R"("luggage":{"label":"Alger, gare Agha","pieces":1},)"
              R"("bags":[{"label":"Alger, gare Agha","pieces":1},{"label":"Alger, gare Agha","pieces":1}],)"
              R"("quiet":true,"code":"4821","sign":"…"})");
}

TEST(Examples, AreAcceptedByTheParser) {
    EXPECT_TRUE(parse_json<Ride>(example<Ride>()));
    EXPECT_TRUE(parse_json<Either>(example<Either>()));
    EXPECT_TRUE(parse_json<Told>(example<Told>()));
}

TEST(Examples, OfAlternativesShowTheFirst) {
    EXPECT_EQ(example<Either>(), R"({"number":3})");
}

TEST(Examples, UseTheTypesOwn) {
    EXPECT_EQ(example<Told>(), R"({"wilaya":31})");
}

TEST(Examples, GoByNameIfTheTypeFits) {
    const Components none;
    Examples examples(none);
    EXPECT_EQ(examples.of(R"({"type":"string"})", "from"), R"("36.7762,3.0586")");
    EXPECT_EQ(examples.of(R"({"type":"integer"})", "from"), "0");
    EXPECT_EQ(examples.of(R"({"type":"integer"})", "rating"), "1") << "4.8 is no integer";
    EXPECT_EQ(examples.of(R"({"type":"boolean"})", "phone"), "true");
    EXPECT_EQ(examples.of(R"({"type":"string","maxLength":10})", "label"), R"("…")") << "it would not fit";
}

TEST(Examples, OfAnUnknownReferenceThrow) {
    const Components none;
    EXPECT_THROW(Examples(none).of(R"({"$ref":"#/components/schemas/Nowhere"})"), std::logic_error);
}

}  // namespace
}  // namespace safargo::contract
