// The commune of a stop is one of the official codes, and not far from it.
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

class CommunesTest : public TripWorld {
protected:
    CommunesTest() {
        add_commune("1601");
        add_commune("3101", {35.7, -0.6});
    }

    static std::string from_to(std::string_view from, std::string_view to) {
        return fmt::format(R"([{{"lat": 36.7538, "lng": 3.0588, "label": "Alger", "commune_id": "{}"}},
            {{"lat": 35.6971, "lng": -0.6308, "label": "Oran", "commune_id": "{}", "price": 1500}}])",
                           from, to);
    }
    static FieldError unknown(const std::string& stop) {
        return {"stops[" + stop + "].commune_id", {Rule::unknown_reference}};
    }
};

TEST_F(CommunesTest, EveryUnknownOneIsNamed) {
    const auto made = [&](std::string_view from, std::string_view to) {
        return create(driver, trip_json(car, tomorrow, "", from_to(from, to)));
    };
    EXPECT_EQ(made("1601", "3101")->stops.front().commune_id, "1601");
    EXPECT_EQ(error_of(made("1601", "3199")).fields, std::vector{unknown("1")});
    EXPECT_EQ(error_of(made("9999", "éèàç")).fields, (std::vector{unknown("0"), unknown("1")}));
}

TEST_F(CommunesTest, NewStopsOfAnEditAreCheckedToo) {
    const auto edited = [&](std::string_view from, std::string_view to) {
        return edit(draft(tomorrow), R"({"stops": )" + from_to(from, to) + "}");
    };
    EXPECT_EQ(edited("1601", "3101")->stops.front().commune_id, "1601");
    EXPECT_EQ(error_of(edited("1601", "9999")).fields, std::vector{unknown("1")});
    EXPECT_EQ(error_of(edited("1601", "1601")).fields.at(0).violation.rule, Rule::commune_elsewhere);
}

TEST_F(CommunesTest, OneFarAwayIsNamedWithItsDistance) {
    const FieldError far{"stops[1].commune_id", {Rule::commune_elsewhere, "345"}};
    EXPECT_EQ(error_of(create(driver, trip_json(car, tomorrow, "", from_to("1601", "1601")))).fields, std::vector{far});
    std::string mislabelled = from_to("3101", "3101");
    mislabelled.replace(mislabelled.find("Alger"), 5, "Oran");
    EXPECT_EQ(error_of(create(driver, trip_json(car, tomorrow, "", mislabelled))).fields.size(), 2U)
        << "the label and the commune in one answer";
}

TEST_F(CommunesTest, ADraftOlderThanTheRuleIsRefusedWhenPublished) {
    const TripView made = create(driver, trip_json(car, tomorrow, "", from_to("1601", "3101"))).value();
    database.execute("update trips set stop_communes = '{3101,3101}'");
    EXPECT_EQ(error_of(publish(driver, made.id)).fields.at(0).field, "stops[0].commune_id");
    database.execute("update trips set stop_communes = '{1601,3101}', stop_labels = '{Oran,Oran}'");
    EXPECT_EQ(error_of(publish(driver, made.id)).fields.at(0).field, "stops[0].label");
    database.execute("update trips set stop_labels = '{Alger,Oran}'");
    EXPECT_TRUE(publish(driver, made.id));
}

}  // namespace
}  // namespace safargo::trips
