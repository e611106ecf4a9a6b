#include "features/auth/auth_world_test.hpp"

#include <set>

namespace safargo::auth {
namespace {

using testing::run;
using namespace std::chrono_literals;

Task<Result<Refreshed>> refresh_once(AuthService& auth, db::Database& database, std::string token) {
    return database.transact<Refreshed>(
        [&auth, token](db::Transaction& tx) { return auth.refresh(tx, {Text<128>::parse(token).value()}); });
}

Task<void> refresh_into(AuthService& auth, db::Database& database, std::string token, std::set<std::string>& tokens) {
    auto refreshed = co_await refresh_once(auth, database, token);
    tokens.insert(refreshed ? refreshed->refresh_token : "refused");
}

class RefreshChainTest : public AuthWorld {
protected:
    Result<Refreshed> refresh(const std::string& token) { return run(refresh_once(auth, database.db(), token)); }
    std::string next(const std::string& token) { return refresh(token).value().refresh_token; }
    bool refused(const std::string& token) {
        const auto answer = refresh(token);
        return !answer && answer.error().code == Code::unauthenticated;
    }
    // Refreshes in many tabs at once; returns their tokens.
    std::set<std::string> race(const std::string& token, int tabs) {
        std::set<std::string> tokens;
        std::vector<Task<void>> all;
        for (int i = 0; i < tabs; ++i) all.push_back(refresh_into(auth, database.db(), token, tokens));
        testing::run_all(std::move(all));
        return tokens;
    }
    std::int64_t count(const std::string& where) {
        const std::string sql = "select count(*) from refresh_tokens where " + where;
        return run(database.db().query(db::Statement{"test_count", sql}))[0].get<std::int64_t>(0);
    }
};

TEST_F(RefreshChainTest, ThePredecessorGetsTheSameSuccessorBack) {
    const std::string first = sign_in().refresh_token;
    const std::string second = next(first);
    EXPECT_NE(second, first);
    EXPECT_EQ(next(first), second);
    clock.advance(30s);
    EXPECT_EQ(next(first), second) << "30 s are 30 s";
    EXPECT_EQ(count("true"), 2);
    const std::string third = next(second);
    EXPECT_EQ(next(second), third);
}

TEST_F(RefreshChainTest, TheRepeatedResponseIsComplete) {
    const SignedIn person = sign_in();
    next(person.refresh_token);
    clock.advance(29s);
    const Refreshed again = refresh(person.refresh_token).value();
    EXPECT_EQ(again.expires_in, 900);
    EXPECT_EQ(run(auth.authenticate(again.access_token)).value().id, person.user.id);
    clock.advance(15min - 1s);
    EXPECT_TRUE(run(auth.authenticate(again.access_token))) << "its access token is new";
}

TEST_F(RefreshChainTest, AfterItsGracePeriodThePredecessorRevokesTheFamily) {
    const std::string first = sign_in().refresh_token;
    const std::string second = next(first);
    clock.advance(30s + 1us);
    EXPECT_TRUE(refused(first));
    EXPECT_TRUE(refused(second));
    EXPECT_TRUE(refused(first));
}

TEST_F(RefreshChainTest, OlderThanThePredecessorRevokesTheFamilyAtOnce) {
    const SignedIn person = sign_in();
    const std::string second = next(person.refresh_token);
    const std::string third = next(second);
    EXPECT_TRUE(refused(person.refresh_token)) << "even at the same instant";
    EXPECT_TRUE(refused(second));
    EXPECT_TRUE(refused(third));
    EXPECT_FALSE(run(auth.authenticate(person.access_token)));
}

TEST_F(RefreshChainTest, ManyTabsAtOnceGetOneSuccessor) {
    std::string token = sign_in().refresh_token;
    for (int round = 0; round < 5; ++round) {
        const std::set<std::string> tokens = race(token, 16);
        ASSERT_EQ(tokens.size(), 1U);
        ASSERT_NE(*tokens.begin(), "refused");
        EXPECT_EQ(count("replaced_at is null"), 1) << "one chain has one end";
        token = *tokens.begin();
    }
    EXPECT_EQ(count("true"), 6);
}

TEST_F(RefreshChainTest, EachDeviceHasAChainOfItsOwn) {
    const std::string phone = sign_in().refresh_token, laptop = sign_in().refresh_token;
    const std::string phone_next = next(phone), laptop_next = next(laptop);
    next(phone_next);
    EXPECT_TRUE(refused(phone));
    EXPECT_EQ(next(laptop), laptop_next);
}

TEST_F(RefreshChainTest, BannedOrDeletedAccountsGetNothingBack) {
    for (const char* gone : {"update sessions set revoked_at = now()", "update users set status = 'banned'",
                             "update users set status = 'deleted'"}) {
        database.execute("update users set status = 'active'");
        const std::string first = sign_in().refresh_token;
        next(first);
        database.execute(gone);
        EXPECT_TRUE(refused(first)) << gone;
        EXPECT_EQ(race(first, 4), std::set<std::string>{"refused"}) << gone;
    }
}

TEST_F(RefreshChainTest, ASuspendedPersonStaysSignedIn) {
    const std::string first = sign_in().refresh_token;
    database.execute("update users set status = 'suspended'");
    const std::string second = next(first);
    EXPECT_EQ(next(first), second);
}

TEST_F(RefreshChainTest, TheTableDoesNotRevealASuccessor) {
    const std::string first = sign_in().refresh_token;
    const std::string second = next(first);
    static constexpr db::Statement dump{"test_dump", "select string_agg(r::text, ' ') from refresh_tokens r"};
    const auto everything = run(database.db().query(dump))[0].get<std::string>(0);
    EXPECT_EQ(everything.find(first), std::string::npos);
    EXPECT_EQ(everything.find(second), std::string::npos);
    EXPECT_EQ(count("successor is not null"), 1);
    next(second);
    EXPECT_EQ(count("successor is not null"), 1) << "the one before last is dropped";
}

TEST_F(RefreshChainTest, TokensOfOlderVersionsStayValid) {
    const std::string first = sign_in().refresh_token;
    const std::string second = next(first);
    database.execute("update refresh_tokens set replaced_by = null, successor = null");
    EXPECT_TRUE(refused(first)) << "its successor is unknown";
    EXPECT_NE(next(second), second) << "and the session is not revoked";
    clock.advance(31s);
    EXPECT_TRUE(refused(first));
    EXPECT_TRUE(refused(second));
}

}  // namespace
}  // namespace safargo::auth
