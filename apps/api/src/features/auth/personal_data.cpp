#include "features/auth/personal_data.hpp"

namespace safargo::auth {
namespace {

constexpr std::string_view exported_sessions = R"(
    select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select id, user_agent, created_at, last_used_at, revoked_at
        from sessions where user_id = $1 order by created_at, id) s)";

constexpr db::Statement forget_sessions{"user_forget_sessions", R"(
    update sessions set revoked_at = coalesce(revoked_at, $2), user_agent = '' where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant now) {
    co_await tx.query(forget_sessions, person, now);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"sessions", exported_sessions}}, .forget = forget};
}

}  // namespace safargo::auth
