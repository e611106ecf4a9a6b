#include "features/users/users_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::users {
namespace {

using test::run;
using ::testing::HasSubstr;
using ::testing::Not;

class PersonalDataTest : public test::UsersWorld {
protected:
    std::string exported(const Caller& caller) { return run(users.export_all(caller)).value().body; }
    // One value of the export, by a path such as {bookings,0,message}.
    std::string exported(const Caller& caller, std::string path) {
        static constexpr db::Statement at{"test_json_at", "select coalesce($1::jsonb #>> $2::text[], 'null')"};
        return run(database.db().query(at, exported(caller), path))[0].get<std::string>(0);
    }
    // A trip of Badis on which Amel has a seat.
    std::string travel(std::string_view trip_status, std::string_view booking_status) {
        return add_booking(amel, badis, add_trip(badis, trip_status), booking_status);
    }
    void expect_open(const Caller& caller, std::string_view why) {
        const auto refused = leave(caller);
        ASSERT_FALSE(refused) << why;
        EXPECT_EQ(refused.error().code, Code::illegal_transition) << why;
        EXPECT_EQ(read("status", caller), "active") << why;
    }

    Caller amel = add_user("Amel Haddad", "+213550000001");
    Caller badis = add_driver("Badis Kaci", "+213550000002");
};

TEST_F(PersonalDataTest, TheExportHoldsAllThatIsMine) {
    const std::string booking = travel("completed", "settled");
    add_payment(booking, "captured");
    post_earning(badis, "driver_payable", 900);
    ASSERT_TRUE(record_consent(badis, "terms", true));
    EXPECT_EQ(exported(badis, "{user,phone}"), "+213550000002");
    EXPECT_EQ(exported(badis, "{user,name}"), "Badis Kaci");
    EXPECT_EQ(exported(badis, "{user,created_at}"), "2026-01-01T00:00:00+00:00");
    EXPECT_EQ(exported(badis, "{sessions,0,user_agent}"), "Firefox of Badis Kaci");
    EXPECT_EQ(exported(badis, "{consents,0,kind}"), "terms");
    EXPECT_EQ(exported(badis, "{driver,licence_number}"), "DZ213550000002");
    EXPECT_EQ(exported(badis, "{vehicles,0,plate}"), "plate 213550000002");
    EXPECT_EQ(exported(badis, "{trips,0,stop_labels,0}"), "Home");
    EXPECT_EQ(exported(badis, "{trips,0,stop_lats,1}"), "2");
    EXPECT_EQ(exported(badis, "{trips,0,note}"), "ring at door 7");
    EXPECT_EQ(exported(badis, "{earnings,0,amount}"), "900");
    EXPECT_EQ(exported(badis, "{bookings}"), "[]");
    EXPECT_EQ(exported(amel, "{bookings,0,id}"), booking);
    EXPECT_EQ(exported(amel, "{bookings,0,message}"), "words of a passenger");
    EXPECT_EQ(exported(amel, "{bookings,0,payment_status}"), "captured");
    EXPECT_EQ(exported(amel, "{bookings,0,amount}"), "945");
    EXPECT_EQ(exported(amel, "{driver}"), "null");
    EXPECT_EQ(exported(amel, "{trips}") + exported(amel, "{vehicles}") + exported(amel, "{earnings}"), "[][][]");
}

TEST_F(PersonalDataTest, TheExportHoldsNothingOfOthersAndNoSecret) {
    add_payment(travel("completed", "settled"), "captured");
    post_earning(badis, "driver_payable", 900);
    for (const char* foreign : {"Badis", "213550000002", "Firefox of B", "ring at door", "hash of"}) {
        EXPECT_THAT(exported(amel), Not(HasSubstr(foreign)));
    }
    for (const char* foreign : {"Amel", "213550000001", "words of a passenger", "hash of"}) {
        EXPECT_THAT(exported(badis), Not(HasSubstr(foreign)));
    }
}

TEST_F(PersonalDataTest, TheExportIsAFile) {
    const auto file = run(users.export_all(amel));
    EXPECT_EQ(file->type, "application/json");
    EXPECT_EQ(http::find_header(file->headers, "content-disposition"), "attachment; filename=\"safargo-export.json\"");
}

TEST_F(PersonalDataTest, APersonWhoLeavesIsErased) {
    const std::string trip = add_trip(badis, "completed");
    add_trip(badis, "draft");
    add_booking(badis, badis, trip, "settled");
    execute(
        "update users set email = 'badis@example.dz', bio = 'Badis here', photo_url = 'https://x/badis.jpg', "
        "languages = '{{ar}}', gender = 'male', gender_confirmed_at = now(), kyc_approved_at = now(), music = true "
        "where id = '{0}'; insert into idempotency_keys values ('{0}', 'POST /trips', 'k', 'h', 201, 'ring at "
        "door 7', true, now())",
        badis.id.str());
    ASSERT_TRUE(leave(badis));
    EXPECT_EQ(read("status", badis), "deleted");
    EXPECT_EQ(read("deleted_at = '2026-12-01T08:00:00Z'", badis), "true");
    EXPECT_EQ(read("select count(*) from sessions where user_id = users.id and revoked_at is null", badis), "0");
    for (const auto* table : {"users", "sessions", "drivers", "vehicles", "trips", "bookings", "idempotency_keys"}) {
        const std::string rows = read(fmt::format("select string_agg(t::text, ' ') from {} t", table), badis);
        for (const auto* personal : {"Badis", "badis@", "badis.jpg", "50000002", "ring at door", "words of", "{ar}"}) {
            EXPECT_THAT(rows, Not(HasSubstr(personal))) << table;
        }
    }
    EXPECT_EQ(read("select count(*) from trips where driver_id = users.id", badis), "1")
        << "drafts are deleted, history stays";
    EXPECT_EQ(read("select count(*) from bookings where driver_id = users.id", badis), "1");
    EXPECT_EQ(read("select licence_expires_on from drivers where user_id = users.id", badis), "1970-01-01")
        << "an expired licence allows no publication";
    EXPECT_EQ(run(users.profile(badis.id)).error().code, Code::not_found);
    EXPECT_EQ(run(users.me(badis)).error().code, Code::not_found);
    EXPECT_EQ(edit(badis, R"({"bio":"again"})").error().code, Code::not_found);
    EXPECT_EQ(leave(badis).error().code, Code::not_found);
}

TEST_F(PersonalDataTest, ErasingOnePersonTouchesNoOther) {
    travel("completed", "settled");
    const std::string before = exported(amel);
    ASSERT_TRUE(leave(badis));
    EXPECT_EQ(exported(amel), before);
    EXPECT_EQ(read("status", amel), "active");
    EXPECT_EQ(run(users.profile(amel.id))->name, "Amel H.");
}

TEST_F(PersonalDataTest, TwoDriversOnOneDayCanBothLeave) {
    const Caller chafik = add_driver("Chafik Said", "+213550000003");
    add_trip(badis, "completed");
    add_trip(chafik, "completed");
    execute("update trips set local_day = '2026-12-05', plate = driver_id::text");
    EXPECT_TRUE(leave(badis));
    EXPECT_TRUE(leave(chafik));
}

TEST_F(PersonalDataTest, AnIdentifierIsFreeAgain) {
    ASSERT_TRUE(leave(amel));
    const Caller again = add_user("Amel Again", "+213550000001");
    EXPECT_NE(again.id, amel.id);
    EXPECT_EQ(run(users.me(again))->name, "Amel Again");
}

TEST_F(PersonalDataTest, NoOneLeavesWithOpenBookings) {
    for (const auto* open : {"requested", "awaiting_payment", "confirmed", "boarded", "completed", "disputed"}) {
        const std::string booking = travel("completed", open);
        expect_open(amel, open);
        expect_open(badis, open);
        execute("delete from bookings where id = '{}'", booking);
    }
    for (const auto* over : {"settled", "declined", "expired", "cancelled_by_passenger", "cancelled_by_driver",
                             "cancelled_by_admin", "no_show_passenger", "no_show_driver"}) {
        travel("completed", over);
    }
    EXPECT_TRUE(leave(amel));
    EXPECT_TRUE(leave(badis));
}

TEST_F(PersonalDataTest, NoOneLeavesWithAnOpenTrip) {
    for (const auto* open : {"open", "in_progress"}) {
        const std::string trip = add_trip(badis, open);
        expect_open(badis, open);
        execute("update trips set status = 'cancelled' where id = '{}'", trip);
    }
    EXPECT_TRUE(leave(badis));
}

TEST_F(PersonalDataTest, NoOneLeavesWithUnpaidMoney) {
    const std::string booking = travel("completed", "cancelled_by_passenger");
    add_payment(booking, "hold");
    expect_open(amel, "held money");
    expect_open(badis, "held money");
    execute("update payments set status = 'refunded'");
    EXPECT_TRUE(leave(amel));
    post_earning(badis, "driver_payable", 900);
    expect_open(badis, "what we owe");
    EXPECT_EQ(leave(badis).error().fields, (std::vector<FieldError>{{"earnings", {Rule::earnings_owed, "900"}}}));
    post_earning(badis, "driver_payable", -900);
    post_earning(badis, "payouts", 900);
    EXPECT_TRUE(leave(badis));
}

TEST_F(PersonalDataTest, AnEditThatWaitsForTheDeletionChangesNothing) {
    auto& db = database.db();
    db::Transaction farewell = run(db.begin());
    ASSERT_TRUE(run(users.leave(farewell, amel)));
    std::optional<Result<MyProfile>> late;
    std::vector<Task<void>> both;
    both.push_back(testing::keep_answer(db.transact<MyProfile>([this](db::Transaction& tx) {
        return users.edit(tx, amel, contract::parse_json<EditProfile>(R"({"bio":"x"})").value());
    }),
                                        late));
    both.push_back(commit_once_waited_for(farewell));
    testing::run_all(std::move(both));
    EXPECT_EQ(late->error().code, Code::not_found);
    EXPECT_EQ(read("name || coalesce(bio, '') || coalesce(phone, '')", amel), "—");
}

}  // namespace
}  // namespace safargo::users
