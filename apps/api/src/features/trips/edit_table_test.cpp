// Each kind of edit of an open trip, with nobody on board and with two seats sold from the first stop to the second.
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

std::string stops_with(std::string_view from, std::string_view to) {
    std::string text(alger_chlef_oran);
    text.replace(text.find(from), from.size(), to);
    return R"({"stops": )" + text + "}";
}

struct Edit {
    std::string what, json;
    std::optional<Code> empty, booked;  // none: accepted
    std::vector<FieldError> fields{};   // of the refusal with passengers
};

const std::optional<Code> accepted;

std::vector<Edit> edits() {
    const FieldError two{"seats", {Rule::at_least_sold, "2"}};
    return {
        {"a note", R"({"note": "Gare routière"})", accepted, accepted},
        {"preferences", R"({"preferences": {"smoking": true, "talk": "quiet"}})", accepted, accepted},
        {"the mode", R"({"booking_mode": "approval"})", accepted, accepted},
        {"more seats", R"({"seats": 4})", accepted, accepted},
        {"fewer seats, as many as are sold", R"({"seats": 2})", accepted, accepted},
        {"fewer seats than are sold", R"({"seats": 1})", accepted, Code::seats_sold, {two}},
        {"another label", stops_with("\"Chlef\"", "\"Chlef, gare\""), accepted, accepted},
        {"the same stops", stops_with("1500", "1500"), accepted, accepted},
        {"a lower price", stops_with("1500", "1400"), accepted, Code::seats_sold},
        {"a higher price", stops_with("1500", "1510"), accepted, Code::seats_sold},
        {"a stop elsewhere", stops_with("36.1652", "36.1752"), accepted, Code::seats_sold},
        {"for women only", R"({"preferences": {"women_only": true}})", accepted, Code::seats_sold},
        {"in another car", "car", accepted, Code::seats_sold},
        {"more seats than the car",
         R"({"seats": 8})",
         Code::validation_failed,
         Code::validation_failed,
         {{"seats", {Rule::out_of_range, "1", "4"}}}},
    };
}

class EditTable : public TripWorld {
protected:
    EditTable() {
        database.execute("update users set gender = 'female', gender_confirmed_at = now()");
        other_car_ = add_vehicle(driver, "99999-119-16");
    }
    std::optional<Error> refusal(const Edit& each, TripId id) {
        const std::string json = each.json == "car" ? R"({"vehicle_id": ")" + other_car_.str() + "\"}" : each.json;
        const auto answer = edit(look(id), json);
        if (answer) return std::nullopt;
        return answer.error();
    }
    static std::optional<Code> code_in(const std::optional<Error>& error) {
        if (!error) return std::nullopt;
        return error->code;
    }
    VehicleId other_car_;
    int day_ = 0;
};

TEST_F(EditTable, WithNobodyOnBoard) {
    for (const Edit& each : edits()) {
        SCOPED_TRACE(each.what);
        EXPECT_EQ(code_in(refusal(each, offer(clock.now() + ++day_ * 48h).id)), each.empty);
    }
}

TEST_F(EditTable, WithSeatsSold) {
    for (const Edit& each : edits()) {
        SCOPED_TRACE(each.what);
        const TripId id = offer(clock.now() + ++day_ * 48h).id;
        ASSERT_TRUE(sell(id, 0, 1, 2));
        const auto refused = refusal(each, id);
        EXPECT_EQ(code_in(refused), each.booked);
        if (refused) EXPECT_EQ(refused->fields, each.fields);
        const TripView trip = look(id);
        EXPECT_EQ(trip.seats - trip.legs.at(0).seats_left, 2) << "what is sold stays sold";
        EXPECT_EQ(trip.legs.at(1).seats_left, trip.seats);
    }
}

TEST_F(EditTable, ACorrectedLabelIsShown) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 0, 2));
    ASSERT_TRUE(edit(look(id), stops_with("\"Alger\"", "\"Alger, Tafourah\"")));
    EXPECT_EQ(look(id).stops.at(0).label, "Alger, Tafourah");
}

}  // namespace
}  // namespace safargo::trips
