#include "features/auth/pruning.hpp"

namespace safargo::auth {
namespace {

using namespace std::chrono_literals;
using Rule = platform::PruningRule;

constexpr Rule rules[] = {
    Rule{{"prune_otp_codes", R"(
        delete from otp_codes where id = any(array(
            select id from otp_codes where created_at < $1 limit $2)))"},
         24h},
    // Days are counted in Algiers time.
    Rule{{"prune_otp_guesses", R"(
        delete from otp_guesses where ctid = any(array(
            select ctid from otp_guesses
            where day < ($1::timestamptz at time zone interval '1 hour')::date limit $2)))"},
         24h},
    // A client whose answer was lost retries within 30 s.
    Rule{{"forget_successors", R"(
        update refresh_tokens set successor = null where token_hash = any(array(
            select token_hash from refresh_tokens where successor is not null and replaced_at < $1 limit $2)))"},
         60s},
    Rule{{"prune_refresh_tokens", R"(
        delete from refresh_tokens where token_hash = any(array(
            select token_hash from refresh_tokens where expires_at < $1 limit $2)))"},
         0s},
    Rule{{"prune_revoked_sessions", R"(
        with gone as materialized (
            select id from sessions where revoked_at is not null and revoked_at < $1 limit $2
        ), tokens as (
            delete from refresh_tokens where session_id in (select id from gone)
        )
        delete from sessions where id in (select id from gone))"},
         24h * 30},
    // The newest refresh token of a session was issued when the session was last used, and lives 30 days.
    Rule{{"prune_abandoned_sessions", R"(
        delete from sessions where id = any(array(
            select id from sessions where last_used_at < $1
              and not exists (select from refresh_tokens where session_id = sessions.id) limit $2)))"},
         24h * (30 + 30)},
};

}  // namespace

std::vector<Rule> pruning_rules() {
    return {std::begin(rules), std::end(rules)};
}

}  // namespace safargo::auth
