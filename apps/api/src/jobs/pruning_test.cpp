#include "jobs/pruning.hpp"

#include "features/auth/pruning.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::jobs {
namespace {

const Instant now = parse_instant("2026-12-10T12:00:00Z").value();

class Pruning : public ::testing::Test {
protected:
    void SetUp() override {
        database_.execute(R"(
            insert into users (id, phone, name, created_at)
                values ('01900000-0000-7000-8000-000000000001', '+213550000000', 'A', now());
            insert into sessions (id, user_id, created_at, last_used_at)
                values ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', now(), now());)");
    }
    // Applies all rules.
    std::int64_t prune_all(Instant when = now) {
        std::vector<platform::PruningRule> rules = own_pruning_rules();
        for (const platform::PruningRule& rule : auth::pruning_rules()) rules.push_back(rule);
        return testing::run(prune(database_.db(), rules, when));
    }
    std::string left(const std::string& table, const std::string& what) {
        const std::string sql =
            "select coalesce(string_agg(" + what + ", ' ' order by " + what + "), '') from " + table;
        const db::Statement statement{"test_left", sql};
        return testing::run(database_.db().query(statement))[0].get<std::string>(0);
    }
    testing::TestDatabase database_;
};

TEST_F(Pruning, DeletesObsoleteRowsOnly) {
    database_.execute(R"(
        insert into idempotency_keys (user_id, route, key, request_hash, status, response, finished, created_at) values
            ('01900000-0000-7000-8000-000000000001', 'r', 'old', '', 200, '', true, '2026-12-09T11:59:59Z'),
            ('01900000-0000-7000-8000-000000000001', 'r', 'young', '', 200, '', true, '2026-12-09T12:00:00Z');
        insert into outbox (ordering_key, kind, payload, created_at, available_at, sent_at, dead_at) values
            ('sent long ago', 'k', '', '2026-12-01Z', '2026-12-01Z', '2026-12-03T11:59:59Z', null),
            ('sent', 'k', '', '2026-12-01Z', '2026-12-01Z', '2026-12-03T12:00:00Z', null),
            ('waiting', 'k', '', '2026-01-01Z', '2026-01-01Z', null, null),
            ('dead', 'k', '', '2026-01-01Z', '2026-01-01Z', null, '2026-11-10T12:00:00Z'),
            ('dead long ago', 'k', '', '2026-01-01Z', '2026-01-01Z', null, '2026-11-10T11:59:59Z');
        insert into otp_codes (id, identifier_hmac, code_hmac, expires_at, created_at) values
            ('01900000-0000-7000-8000-000000000003', 'old', '', '2026-12-09Z', '2026-12-09T11:00:00Z'),
            ('01900000-0000-7000-8000-000000000004', 'young', '', '2026-12-10Z', '2026-12-10T11:00:00Z');
        insert into refresh_tokens (token_hash, session_id, issued_at, expires_at) values
            ('expired', '01900000-0000-7000-8000-000000000002', '2026-11-01Z', '2026-12-10T11:59:59Z'),
            ('valid', '01900000-0000-7000-8000-000000000002', '2026-12-01Z', '2026-12-31Z');)");
    EXPECT_EQ(prune_all(), 5);
    EXPECT_EQ(left("idempotency_keys", "key"), "young");
    EXPECT_EQ(left("outbox", "ordering_key"), "dead sent waiting");
    EXPECT_EQ(left("otp_codes", "identifier_hmac"), "young");
    EXPECT_EQ(left("refresh_tokens", "token_hash"), "valid");
    EXPECT_EQ(prune_all(), 0);
}

TEST_F(Pruning, DeletesUnusableSessions) {
    database_.execute(R"(
        insert into sessions (id, user_id, user_agent, created_at, last_used_at, revoked_at)
        select gen_random_uuid(), '01900000-0000-7000-8000-000000000001', agent, '2026-01-01Z', used, revoked from (values
            ('revoked', '2026-11-01Z'::timestamptz, '2026-11-10T11:59:59Z'::timestamptz),
            ('just revoked', '2026-11-01Z', '2026-11-10T12:00:00Z'),
            ('abandoned', '2026-10-11T11:59:59Z', null),
            ('nearly abandoned', '2026-10-11T12:00:00Z', null),
            ('old, with a token', '2026-01-01Z', null)) as s (agent, used, revoked);
        insert into refresh_tokens (token_hash, session_id, issued_at, expires_at)
        select user_agent, id, '2026-11-01Z', '2026-12-31Z' from sessions where user_agent in ('revoked', 'old, with a token');)");
    EXPECT_EQ(prune_all(), 2);
    EXPECT_EQ(left("sessions", "user_agent"), " just revoked nearly abandoned old, with a token");
    EXPECT_EQ(left("refresh_tokens", "token_hash"), "old, with a token");
}

TEST_F(Pruning, ContinuesAfterAFailingRule) {
    database_.execute(R"(
        alter table idempotency_keys rename to elsewhere;
        insert into otp_codes (id, identifier_hmac, code_hmac, expires_at, created_at)
            values (gen_random_uuid(), 'old', '', '2026-01-01Z', '2026-01-01Z');)");
    EXPECT_EQ(prune_all(), 1);
    EXPECT_EQ(left("otp_codes", "identifier_hmac"), "");
}

// A day of code attempts ends at midnight in Algiers, 23:00 UTC, and is kept for another day.
TEST_F(Pruning, DeletesAttemptsAndSealedSuccessors) {
    database_.execute(R"(
        insert into otp_guesses (day, identifier_hmac, wrong) values
            ('2026-12-08', 'old', 1), ('2026-12-09', 'yesterday', 1), ('2026-12-10', 'today', 1);
        insert into refresh_tokens (token_hash, session_id, issued_at, expires_at, replaced_at, successor) values
            ('replaced', '01900000-0000-7000-8000-000000000002', '2026-12-01Z', '2026-12-31Z', '2026-12-10T11:58:59Z', 'x'),
            ('just now', '01900000-0000-7000-8000-000000000002', '2026-12-01Z', '2026-12-31Z', '2026-12-10T11:59:01Z', 'x');)");
    prune_all();
    EXPECT_EQ(left("otp_guesses", "identifier_hmac"), "today yesterday");
    EXPECT_EQ(left("refresh_tokens where successor is not null", "token_hash"), "just now");
    EXPECT_EQ(left("refresh_tokens", "token_hash"), "just now replaced");
    prune_all(parse_instant("2026-12-10T23:00:00Z").value());
    EXPECT_EQ(left("otp_guesses", "identifier_hmac"), "today");
}

TEST_F(Pruning, FindsExpiredTokensByAnIndex) {
    static constexpr db::Statement indexes{"test_indexes", R"(
        select count(*) from pg_indexes where tablename = 'refresh_tokens' and indexdef like '%(expires_at)%')"};
    EXPECT_EQ(testing::run(database_.db().query(indexes))[0].get<std::int64_t>(0), 1);
}

TEST_F(Pruning, ContinuesBeyondOneBatch) {
    database_.execute(R"(
        insert into otp_codes (id, identifier_hmac, code_hmac, expires_at, created_at)
        select gen_random_uuid(), 'old', '', '2026-01-01Z', '2026-01-01Z' from generate_series(1, 10001))");
    EXPECT_EQ(prune_all(), 10'001);
}

}  // namespace
}  // namespace safargo::jobs
