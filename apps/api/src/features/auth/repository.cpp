#include "features/auth/repository.hpp"

#include "features/users/service.hpp"

namespace safargo::auth {
namespace {

// In a fixed order: two replicas may list the secrets differently.
constexpr db::Statement lock_otp_identifier{"otp_lock", R"(
    select pg_advisory_xact_lock(name) from
        (select distinct hashtextextended(n, 1) as name from unnest($1::text[]) n order by 1) names)"};

constexpr db::Statement recent_otp{"otp_recent", R"(
    select created_at from otp_codes where identifier_hmac = any($1) and created_at > $2
    order by created_at desc offset $3 limit 1)"};

constexpr db::Statement insert_otp{"otp_insert", R"(
    insert into otp_codes (id, identifier_hmac, code_hmac, expires_at, created_at) values ($1, $2, $3, $4, $5))"};

// Locked in a fixed order: two concurrent guesses could otherwise deadlock.
constexpr db::Statement attempt_otp{"otp_attempt", R"(
    with latest as (
        select id from otp_codes where identifier_hmac = any($1) order by created_at desc, id desc limit $2),
    locked as (select id from otp_codes where id in (select id from latest) order by id for update),
    tried as (
        update otp_codes c set attempts = c.attempts + 1
        from locked where c.id = locked.id and c.attempts < $3 and c.consumed_at is null and c.expires_at > $4
        returning c.id, c.code_hmac, c.created_at)
    select id, code_hmac from tried order by created_at desc, id desc)"};

constexpr db::Statement consume_otp{"otp_consume", R"(
    update otp_codes set consumed_at = $2 where id = $1 and consumed_at is null)"};

constexpr db::Statement find_user{"user_find_by_identifier", R"(
    select id, name, phone, email, role, status, locale from users where phone = $1 or email = $2)"};

constexpr db::Statement insert_session_row{"session_insert", R"(
    insert into sessions (id, user_id, user_agent, created_at, last_used_at) values ($1, $2, $3, $4, $4))"};

constexpr db::Statement touch{"session_touch", R"(update sessions set last_used_at = $2 where id = $1)"};

constexpr db::Statement revoke{"session_revoke", R"(
    update sessions set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null)"};

constexpr db::Statement list{"session_list", R"(
    select id, user_agent, created_at, last_used_at from sessions
    where user_id = $1 and revoked_at is null order by last_used_at desc limit 100)"};

constexpr db::Statement caller{"session_caller", R"(
    select u.role, u.status from sessions s join users u on u.id = s.user_id
    where s.id = $1 and s.user_id = $2 and s.revoked_at is null)"};

SignedInUser user_from(const db::Row& row) {
    return {.id = row.get<UserId>(0),
            .name = row.get<std::string>(1),
            .phone = row.get<std::optional<std::string>>(2),
            .email = row.get<std::optional<std::string>>(3),
            .role = row.get<Role>(4),
            .status = row.get<AccountStatus>(5),
            .locale = row.get<Language>(6)};
}

constexpr db::Statement ended{"session_ended", R"(
    select id from unnest($1::uuid[]) as asked (id)
    where not exists (select from sessions s join users u on u.id = s.user_id
                      where s.id = asked.id and s.revoked_at is null and u.status not in ('banned', 'deleted')))"};

}  // namespace

Task<void> AuthRepository::lock_identifier(db::Transaction& tx, std::vector<std::string> names) {
    co_await tx.query(lock_otp_identifier, std::move(names));
}

Task<std::optional<Instant>> AuthRepository::recent_code(db::Session& session, std::vector<std::string> names, int nth,
                                                         Instant since) {
    const db::Rows rows = co_await session.query(recent_otp, std::move(names), since, std::int64_t{nth - 1});
    if (rows.empty()) co_return std::nullopt;
    co_return rows[0].get<Instant>(0);
}

Task<void> AuthRepository::insert_code(db::Session& session, Uuid id, std::string identifier_hmac,
                                       std::string code_hmac, Instant expires_at, Instant now) {
    co_await session.query(insert_otp, id, identifier_hmac, code_hmac, expires_at, now);
}

Task<std::vector<WaitingCode>> AuthRepository::count_attempt(db::Session& session, std::vector<std::string> names,
                                                             int newest, int max_attempts, Instant now) {
    const db::Rows rows = co_await session.query(attempt_otp, std::move(names), std::int64_t{newest},
                                                 static_cast<std::int16_t>(max_attempts), now);
    std::vector<WaitingCode> waiting;
    for (const db::Row row : rows) waiting.push_back({row.get<Uuid>(0), row.get<std::string>(1)});
    co_return waiting;
}

Task<bool> AuthRepository::consume_code(db::Session& session, Uuid id, Instant now) {
    const db::Rows rows = co_await session.query(consume_otp, id, now);
    co_return rows.affected() == 1;
}

Task<std::pair<SignedInUser, bool>> AuthRepository::find_or_insert_user(db::Session& session, Identifier identifier,
                                                                        std::string name, Language locale,
                                                                        Instant now) {
    std::optional<std::string> phone, email;
    (identifier.is_phone() ? phone : email) = identifier.str();
    const bool is_new = co_await users::add_account(session, {phone, email, std::move(name), locale}, now);
    const db::Rows found = co_await session.query(find_user, phone, email);
    co_return std::pair{user_from(found[0]), is_new};
}

Task<void> AuthRepository::insert_session(db::Session& session, SessionId id, UserId user, std::string device,
                                          Instant now) {
    co_await session.query(insert_session_row, id, user, device, now);
}

Task<void> AuthRepository::touch_session(db::Session& session, SessionId id, Instant now) {
    co_await session.query(touch, id, now);
}

Task<bool> AuthRepository::revoke_session(db::Session& session, SessionId id, UserId user, Instant now) {
    const db::Rows rows = co_await session.query(revoke, id, user, now);
    co_return rows.affected() == 1;
}

Task<std::vector<SessionView>> AuthRepository::list_sessions(db::Session& session, UserId user, SessionId current) {
    const db::Rows rows = co_await session.query(list, user);
    std::vector<SessionView> sessions;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const db::Row row = rows[i];
        const auto id = row.get<SessionId>(0);
        sessions.push_back({id, row.get<std::string>(1), row.get<Instant>(2), row.get<Instant>(3), id == current});
    }
    co_return sessions;
}

Task<std::optional<Caller>> AuthRepository::find_caller(db::Session& session, UserId user, SessionId id) {
    const db::Rows rows = co_await session.query(caller, id, user);
    if (rows.empty()) co_return std::nullopt;
    co_return Caller{user, id, rows[0].get<Role>(0), rows[0].get<AccountStatus>(1)};
}

Task<std::vector<SessionId>> AuthRepository::find_ended(db::Session& session, std::vector<SessionId> ids) {
    std::vector<SessionId> gone;
    for (const db::Row row : co_await session.query(ended, std::move(ids))) gone.push_back(row.get<SessionId>(0));
    co_return gone;
}

}  // namespace safargo::auth
