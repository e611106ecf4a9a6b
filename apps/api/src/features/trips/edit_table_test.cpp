// Each kind of edit of an open trip, without passengers and with two seats sold from the first stop to the second.
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
        {"another town's label",
         stops_with("\"Chlef\"", "\"Alger\""),
         Code::validation_failed,
         Code::validation_failed,
         {{"stops[1].label", {Rule::town_elsewhere, "Alger", "168"}}}},
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

TEST_F(EditTable, WithoutPassengers) {
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
        EXPECT_EQ(trip.seats - trip.legs.at(0).seats_left, 2) << "sold seats stay sold";
        EXPECT_EQ(trip.legs.at(1).seats_left, trip.seats);
    }
}

TEST_F(EditTable, ACorrectedLabelIsShown) {
    const TripId id = offer(tomorrow).id;
    ASSERT_TRUE(sell(id, 0, 2));
    ASSERT_TRUE(edit(look(id), stops_with("\"Alger\"", "\"Alger, Tafourah\"")));
    EXPECT_EQ(look(id).stops.at(0).label, "Alger, Tafourah");
}

// Changes of the surroundings after an offer was published.
struct Since {
    std::string what, sql;
    std::chrono::minutes passes{0};
    TripRules rules{};
};

std::vector<Since> circumstances() {
    return {
        {"nothing", "select"},
        {"its departure passed", "select", 24h + 5min},
        {"the caps fell", "insert into fare_policies values ('petrol', '2026-12-01', 1, 1)"},
        {"the documents were taken back", "select", 0min, {.kyc_required = true}},
        {"the licence ran out", "update drivers set licence_expires_on = '2026-11-01'"},
        {"the car lost its seats", "update vehicles set seats = 1"},
        {"plates are spelt otherwise", "update vehicles set plate = '12345-119-16' where plate = '012345-119-16'"},
        {"its times are older than their rule",
         "update trips set stop_times = array[date_time, date_time + interval '1 minute', arrival_at]"},
    };
}

TEST_F(EditTable, HarmlessEditsStayPossibleWhateverHasChangedSince) {
    for (const Since& since : circumstances()) {
        SCOPED_TRACE(since.what);
        const TripId id = offer(clock.now() + 24h).id;
        TripServices strict(db, clock, neighbours, since.rules);
        const auto edited = [&](std::string_view json) {
            return run([&, changes = wanted_edit(json)](db::Transaction& tx) {
                return strict.editing.edit(tx, driver, id, api::IfMatch::any(), changes);
            });
        };
        database.execute(since.sql);
        clock.advance(since.passes);
        EXPECT_TRUE(edited(stops_with("\"Chlef\"", "\"Chlef, gare\"")));
        EXPECT_TRUE(edited(R"({"seats": 2})"));
        EXPECT_TRUE(edited(R"({"note": "Gare"})"));
        EXPECT_EQ(code_of(edited(stops_with("\"Chlef\"", "\"Oran\""))), Code::validation_failed);
        if (since.passes > 0min) EXPECT_FALSE(edited(R"({"seats": 3})")) << "they could not be booked";
        ASSERT_TRUE(cancel(driver, id));
        database.execute(
            "update vehicles set seats = 4 where plate <> '99999-119-16';"
            "update vehicles set plate = '012345-119-16' where plate = '12345-119-16';"
            "update drivers set licence_expires_on = '2031-01-01';"
            "delete from fare_policies where effective_from = '2026-12-01'");
    }
}

// A plate that was published before plates were padded may stand beside its padded twin.
TEST_F(EditTable, AnOfferKeepsThePlateItWasPublishedWith) {
    const TripId id = offer(tomorrow).id;
    database.execute(
        "update trips set plate = '12345-119-16'; update vehicles set plate = '12345-119-16' where id = '" + car.str() +
        "'");
    const Caller other = add_driver();
    const VehicleId twin = add_vehicle(other, "012345-119-16");
    ASSERT_TRUE(create(other, trip_json(twin, tomorrow + 8h, R"(, "publish": true)")));
    EXPECT_TRUE(edit(look(id), R"({"note": "n"})"));
    EXPECT_EQ(look(id).vehicle.plate, "12345-119-16");
}

}  // namespace
}  // namespace safargo::trips
