// The commune of a stop is one of the official codes.
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

class CommunesTest : public TripWorld {
protected:
    CommunesTest() { add_commune("1601"); }

    static std::string from_to(std::string_view from, std::string_view to) {
        return fmt::format(R"([{{"lat": 36.7538, "lng": 3.0588, "label": "Alger", "commune_id": "{}"}},
            {{"lat": 35.6971, "lng": -0.6308, "label": "Oran", "commune_id": "{}", "price": 1500}}])",
                           from, to);
    }
    static FieldError unknown(const std::string& stop) {
        return {"stops[" + stop + "].commune_id", {Rule::unknown_reference}};
    }
};

TEST_F(CommunesTest, EveryOneThatIsNotThereIsNamed) {
    const auto made = [&](std::string_view from, std::string_view to) {
        return create(driver, trip_json(car, tomorrow, "", from_to(from, to)));
    };
    EXPECT_EQ(made("1601", "1601")->stops.front().commune_id, "1601");
    EXPECT_EQ(error_of(made("1601", "3101")).fields, std::vector{unknown("1")});
    EXPECT_EQ(error_of(made("9999", "éèàç")).fields, (std::vector{unknown("0"), unknown("1")}));
}

TEST_F(CommunesTest, NewStopsOfAnEditAreAskedToo) {
    const auto edited = [&](std::string_view from, std::string_view to) {
        return edit(draft(tomorrow), R"({"stops": )" + from_to(from, to) + "}");
    };
    EXPECT_EQ(edited("1601", "1601")->stops.front().commune_id, "1601");
    EXPECT_EQ(error_of(edited("1601", "9999")).fields, std::vector{unknown("1")});
}

}  // namespace
}  // namespace safargo::trips
