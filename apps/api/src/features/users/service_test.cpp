#include "features/users/service.hpp"

#include "features/users/users_world_test.hpp"

namespace safargo::users {
namespace {

using namespace std::chrono_literals;
using test::run;

TEST(PublicName, IsTheFirstNameAndAnInitial) {
    EXPECT_EQ(public_name("Ahmed Benali"), "Ahmed B.");
    EXPECT_EQ(public_name("Ahmed"), "Ahmed");
    EXPECT_EQ(public_name("Mohamed Amine Benali"), "Mohamed B.");
    EXPECT_EQ(public_name("Émile Élie"), "Émile É.");
    EXPECT_EQ(public_name("Ahmed  "), "Ahmed");
    EXPECT_EQ(public_name(""), "");
}

TEST(PublicName, AFirstNameOfTwoWordsKeepsBoth) {
    for (const auto& [name, shown] :
         std::initializer_list<std::pair<const char*, const char*>>{{"عبد القادر بن علي", "عبد القادر ب."},
                                                                    {"عبد القادر", "عبد القادر"},
                                                                    {"عبد الرحمن سعيد", "عبد الرحمن س."},
                                                                    {"نور الدين بن علي", "نور الدين ب."},
                                                                    {"نور الهدى مزيان", "نور الهدى م."},
                                                                    {"فاطمة الزهراء قاسي", "فاطمة الزهراء ق."},
                                                                    {"زين العابدين حداد", "زين العابدين ح."},
                                                                    {"أبو بكر صديقي", "أبو بكر ص."},
                                                                    {"أم الخير بلقاسم", "أم الخير ب."},
                                                                    {"سيدي محمد عمارة", "سيدي محمد ع."},
                                                                    {"Abd El Kader Benali", "Abd El Kader B."},
                                                                    {"Abd el-Kader Benali", "Abd el-Kader B."},
                                                                    {"ABDEL KADER BENALI", "ABDEL KADER B."},
                                                                    {"Abdelkader Benali", "Abdelkader B."},
                                                                    {"Abou Bakr Seddiki", "Abou Bakr S."},
                                                                    {"Ben Youcef Khaled", "Ben Youcef K."},
                                                                    {"Bou Alem Kaci", "Bou Alem K."},
                                                                    {"Sidi Mohamed Amara", "Sidi Mohamed A."},
                                                                    {"Sid Ahmed Ghozali", "Sid Ahmed G."},
                                                                    {"Si Mohand Ouali", "Si Mohand O."},
                                                                    {"El Hadi Mansouri", "El Hadi M."},
                                                                    {"Nour Eddine Benali", "Nour Eddine B."},
                                                                    {"Nour El Houda Meziane", "Nour El Houda M."},
                                                                    {"Fatima Zohra Kaci", "Fatima Zohra K."},
                                                                    {"Fatima Ez Zahra Kaci", "Fatima Ez Zahra K."},
                                                                    {"Seif El Islam Haddad", "Seif El Islam H."}}) {
        EXPECT_EQ(public_name(name), shown) << name;
    }
}

TEST(PublicName, WordsThatBeginANameDoNotRevealTheFamilyName) {
    for (const auto& [name, shown] :
         std::initializer_list<std::pair<const char*, const char*>>{{"Abed Benali", "Abed B."},
                                                                    {"Sid Benali", "Sid B."},
                                                                    {"Ben Smith", "Ben S."},
                                                                    {"Si Ouali", "Si O."},
                                                                    {"Ben El Hadj", "Ben E."},
                                                                    {"El Ouali", "El O."},
                                                                    {"بن علي", "بن ع."},
                                                                    {"Abd El Kader", "Abd El Kader"},
                                                                    {"Ben", "Ben"}}) {
        EXPECT_EQ(public_name(name), shown) << name;
    }
}

TEST(PublicName, AFamilyNameOfTwoWordsHasTheInitialOfItsFirst) {
    for (const auto& [name, shown] :
         std::initializer_list<std::pair<const char*, const char*>>{{"Ahmed Ben Ali", "Ahmed B."},
                                                                    {"أحمد بن علي", "أحمد ب."},
                                                                    {"Karim Aït El Hadj", "Karim A."},
                                                                    {"Samia El Amrani", "Samia E."},
                                                                    {"Lounès Ould Ali", "Lounès O."},
                                                                    {"محمد عبد القادر", "محمد ع."},
                                                                    {"كريم آيت أحمد", "كريم آ."},
                                                                    {"كريم بو علام", "كريم ب."}}) {
        EXPECT_EQ(public_name(name), shown) << name;
    }
}

TEST(PublicName, AnInitialKeepsItsMarks) {
    EXPECT_EQ(public_name("Zoé E\u0301lie"), "Zoé E\u0301.");
    EXPECT_EQ(public_name("أمل مُراد"), "أمل مُ.");
}

TEST(PublicName, APersonWithoutANameIsAMemberInTheReadersLanguage) {
    EXPECT_EQ(public_name("", Language::fr), "Membre");
    EXPECT_EQ(public_name(" ", Language::ar), "عضو");
    EXPECT_EQ(public_name("", Language::en), "Member");
    EXPECT_EQ(public_name("Amel Haddad", Language::ar), "Amel H.");
    DriverCard card;
    for (const auto& [reader, word] : std::initializer_list<std::pair<Language, const char*>>{
             {Language::fr, "Membre"}, {Language::ar, "عضو"}, {Language::en, "Member"}}) {
        EXPECT_NE(contract::to_json(card, reader).find(fmt::format(R"("name":"{}")", word)), std::string::npos);
    }
}

TEST(PublicName, NoWhiteSpaceHidesAFamilyName) {
    for (const char* name : {"Ahmed\nBenali", "Ahmed\tBenali", "Ahmed\r\nBenali", "Ahmed\u00a0Benali",
                             "Ahmed\u202fBenali", "Ahmed\u2003Benali", "Ahmed\u3000Benali", "Ahmed\u2028Benali",
                             "Ahmed\u200bBenali", "Ahmed \u00a0 Benali\u00a0"}) {
        EXPECT_EQ(public_name(name), "Ahmed B.") << name;
    }
}

TEST(Rating, IsTheMeanWithOneDecimal) {
    EXPECT_EQ(rating(0, 0), std::nullopt);
    EXPECT_EQ(rating(14, 3), 4.7);
    EXPECT_EQ(rating(5, 1), 5.0);
}

class UserTest : public test::UsersWorld {
protected:
    Caller amel = add_user("Amel Haddad", "+213550000001");
};

TEST_F(UserTest, TheOwnProfileIsComplete) {
    execute("update users set rating_sum = 9, rating_count = 2, kyc_approved_at = now(), talk = 'quiet', pets = true");
    const auto mine = run(users.me(amel));
    ASSERT_TRUE(mine);
    EXPECT_EQ(contract::to_json(*mine),
              fmt::format(R"({{"id":"{}","name":"Amel Haddad","phone":"+213550000001","email":null,"role":"user",)"
                          R"("status":"active","locale":"fr","bio":null,"photo":null,"languages":[],"preferences":)"
                          R"({{"smoking":null,"pets":true,"music":null,"talk":"quiet"}},"rating":4.5,"reviews":2,)"
                          R"("verified":true,"member_since":"2026-01-01T00:00:00Z"}})",
                          amel.id.str()));
    EXPECT_EQ(run(users.me({.id = UserId::make(clock.now()), .session = amel.session})).error().code, Code::not_found);
}

TEST_F(UserTest, AnEditChangesWhatItNames) {
    const auto edited = edit(amel, R"({"name":" Amel Benali ","bio":"Je roule doucement.","locale":"ar",)"
                                   R"("languages":["ar","fr","ar"],"preferences":{"music":true,"talk":"chatty"}})");
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->name, "Amel Benali");
    EXPECT_EQ(edited->languages, (std::vector<std::string>{"ar", "fr"}));
    EXPECT_EQ(contract::to_json(*run(users.me(amel))), contract::to_json(*edited));
    const auto nothing = edit(amel, "{}");
    EXPECT_EQ(contract::to_json(*nothing), contract::to_json(*edited));
    const auto one = edit(amel, R"({"locale":"en"})");
    EXPECT_EQ(one->bio, "Je roule doucement.");
    EXPECT_EQ(one->locale, Language::en);
}

TEST_F(UserTest, ANameMustBePrintableAndContainNoContactDetails) {
    const auto refusal = [this](std::string_view name) {
        return edit(amel, fmt::format(R"({{"name":"{}"}})", name)).error().fields.at(0).violation.rule;
    };
    EXPECT_EQ(refusal("\u200b\u3164"), Rule::prints_nothing);
    EXPECT_EQ(refusal("\u2800"), Rule::prints_nothing);
    EXPECT_EQ(refusal(" "), Rule::required);
    for (const char* name : {"Ahmed 0551234567", "أحمد ٠٥٥١٢٣٤٥٦٧", "amel at gmail dot com", "amel@example.dz",
                             "@amel_dz", "t.me/amel", "whatsapp 0551 23 45 67"})
        EXPECT_EQ(refusal(name), Rule::contact_details) << name;
    EXPECT_EQ(edit(amel, R"({"name":"\u200f\u00a0عبد\u202fالقادر\ufeff"})")->name, "عبد القادر");
}

// Editing something else must not store "Membre" as the name.
TEST_F(UserTest, AnEditLeavesAMissingNameMissing) {
    execute("update users set name = ''");
    const auto edited = edit(amel, R"({"bio":"Je roule doucement."})");
    EXPECT_NE(contract::to_json(*edited, Language::ar).find(R"("name":"عضو")"), std::string::npos);
    EXPECT_EQ(read("name", amel), "");
    EXPECT_NE(contract::to_json(*run(users.profile(amel.id)), Language::en).find(R"("name":"Member")"),
              std::string::npos);
}

TEST_F(UserTest, NullRemovesOptionalFields) {
    ASSERT_TRUE(
        edit(amel, R"({"bio":"…","languages":["fr"],"preferences":{"smoking":false,"music":true,"talk":"quiet"}})"));
    const auto edited = edit(amel, R"({"bio":null,"languages":[],"preferences":{"music":null,"pets":true}})");
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->bio, std::nullopt);
    EXPECT_TRUE(edited->languages.empty());
    EXPECT_EQ(edited->preferences.smoking, false) << "a preference that an edit does not name stays";
    EXPECT_EQ(edited->preferences.music, std::nullopt);
    EXPECT_EQ(edited->preferences.pets, true);
    EXPECT_EQ(edited->preferences.talk, Talk::quiet);
}

TEST_F(UserTest, ABlankBioIsNone) {
    ASSERT_TRUE(edit(amel, R"({"bio":"Je roule doucement."})"));
    const auto edited = edit(amel, R"({"bio":" \n "})");
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->bio, std::nullopt);
}

TEST_F(UserTest, TwoConcurrentEditsBothTakeEffect) {
    auto& db = database.db();
    db::Transaction first = run(db.begin());
    ASSERT_TRUE(run(users.edit(first, amel, contract::parse_json<EditProfile>(R"({"bio":"first"})").value())));
    std::optional<Result<MyProfile>> second;
    std::vector<Task<void>> both;
    both.push_back(testing::keep_answer(db.transact<MyProfile>([this](db::Transaction& tx) {
        return users.edit(tx, amel, contract::parse_json<EditProfile>(R"({"locale":"en"})").value());
    }),
                                        second));
    both.push_back(commit_once_waited_for(first));
    testing::run_all(std::move(both));
    const auto after = run(users.me(amel));
    EXPECT_EQ(after->bio, "first");
    EXPECT_EQ(after->locale, Language::en);
}

TEST_F(UserTest, OthersSeeNoContact) {
    execute(
        "update users set email = 'amel.haddad@example.dz', bio = 'Bonjour', rating_sum = 9, rating_count = 2, "
        "trips_driven = 6, trips_travelled = 3, late_cancellations = 1, gender = 'female'");
    const auto seen = run(users.profile(amel.id));
    ASSERT_TRUE(seen);
    EXPECT_EQ(contract::to_json(*seen),
              fmt::format(R"({{"id":"{}","name":"Amel H.","bio":"Bonjour","photo":null,"languages":[],"preferences":)"
                          R"({{"smoking":null,"pets":null,"music":null,"talk":null}},"rating":4.5,"reviews":2,)"
                          R"("trips_driven":6,"trips_travelled":3,"verified":false,"verifications":{{"phone":true,)"
                          R"("email":true,"identity":false}},"member_since":"2026-01-01T00:00:00Z",)"
                          R"("response_time_s":null,"cancellation_rate":0.1}})",
                          amel.id.str()));
}

TEST_F(UserTest, OnlyLivingAccountsAreShown) {
    EXPECT_EQ(run(users.profile(amel.id))->cancellation_rate, std::nullopt);
    for (const auto* shown : {"active", "suspended"}) {
        execute("update users set status = '{}'", shown);
        EXPECT_TRUE(run(users.profile(amel.id))) << shown;
    }
    for (const auto* hidden : {"banned", "deleted"}) {
        execute("update users set status = '{}'", hidden);
        EXPECT_EQ(run(users.profile(amel.id)).error().code, Code::not_found) << hidden;
    }
    EXPECT_EQ(run(users.profile(UserId::make(clock.now()))).error().code, Code::not_found);
}

TEST_F(UserTest, TheResponseTimeIsTheMeanFromTheThirdAnswerOn) {
    const auto shown = [&](std::int64_t seconds, int answers) {
        execute("update users set response_seconds_sum = {}, response_count = {}", seconds, answers);
        return run(users.profile(amel.id))->response_time_s;
    };
    EXPECT_EQ(shown(0, 0), std::nullopt);
    EXPECT_EQ(shown(1'200, 2), std::nullopt);
    EXPECT_EQ(shown(1'200, 3), 400);
    EXPECT_EQ(shown(0, 3), 0);
}

TEST(ResponseTime, RoundsHalfUp) {
    EXPECT_EQ(response_time_s(13, 4), 3);
    EXPECT_EQ(response_time_s(14, 4), 4);
    EXPECT_EQ(response_time_s(15, 4), 4);
    EXPECT_EQ(response_time_s(4'000'000'000'000, 3), 1'333'333'333'333);
}

TEST_F(UserTest, ConsentsAreALog) {
    const auto record = [this](std::string_view kind, bool granted) {
        clock.advance(1s);
        return record_consent(amel, kind, granted);
    };
    EXPECT_TRUE(record("terms", true));
    EXPECT_TRUE(record("newsletter", true));
    EXPECT_TRUE(record("newsletter", false));
    EXPECT_EQ(read("select string_agg(kind || granted::text, ' ' order by recorded_at) from consents", amel),
              "termstrue newslettertrue newsletterfalse");
}

TEST(ProfileWire, RefusesInvalidProfiles) {
    const auto refused = [](std::string_view json) {
        const auto parsed = contract::parse_json<EditProfile>(json);
        if (parsed) return std::string("nothing");
        std::string fields;
        for (const auto& [field, violation] : parsed.error().fields) {
            fields += field + ' ' + std::string(name(violation.rule)) + ';';
        }
        return fields;
    };
    EXPECT_EQ(refused(R"({"name":"","bio":" ","locale":"de","languages":["fr","xx"]})"),
              "name required;locale not_allowed;languages[1] not_allowed;");
    EXPECT_EQ(refused(R"({"name":null,"locale":null,"languages":null,"preferences":null})"),
              "name wrong_type;locale wrong_type;languages wrong_type;preferences wrong_type;");
    EXPECT_EQ(
        refused(R"({"name":7,"preferences":{"music":"yes","talk":"loud","cats":true}})"),
        "name wrong_type;preferences.music wrong_type;preferences.talk not_allowed;preferences.cats unknown_field;");
    EXPECT_EQ(refused(R"({"languages":["fr","ar","en","fr"]})"), "languages too_many;");
    EXPECT_EQ(refused(R"({"role":"admin","status":"active","phone":"+213550000009","verified":true,"id":"x"})"),
              "role unknown_field;status unknown_field;phone unknown_field;verified unknown_field;id unknown_field;");
    EXPECT_EQ(refused(R"({"name":")" + std::string(80, 'a') + R"(","bio":")" + std::string(500, 'b') + "\"}"),
              "nothing");
    EXPECT_EQ(refused(R"({"name":")" + std::string(81, 'a') + R"(","bio":")" + std::string(501, 'b') + "\"}"),
              "name too_long;bio too_long;");
    EXPECT_EQ(refused("{\"name\":\"a\\u0007b\"}"), "name bad_encoding;");
}

}  // namespace
}  // namespace safargo::users
