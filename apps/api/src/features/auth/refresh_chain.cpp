#include "features/auth/refresh_chain.hpp"

#include "core/crypto.hpp"

namespace safargo::auth {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::days refresh_life{30};
constexpr std::chrono::seconds predecessor_grace = 30s;

// The session's row locks its chain. A row read in the locking statement may predate the lock, so two tabs would both
// find an unused token: the token is read after the lock.
constexpr db::Statement lock_chain{"refresh_lock", R"(
    select s.id from refresh_tokens r join sessions s on s.id = r.session_id where r.token_hash = $1 for update of s)"};

constexpr db::Statement read_link{"refresh_read", R"(
    select r.session_id, s.user_id, r.expires_at, r.replaced_at, r.successor,
           next.replaced_at is not null, s.revoked_at is not null, u.status
    from refresh_tokens r join sessions s on s.id = r.session_id join users u on u.id = s.user_id
    left join refresh_tokens next on next.token_hash = r.replaced_by
    where r.token_hash = $1)"};

constexpr db::Statement insert_link{"refresh_insert", R"(
    insert into refresh_tokens (token_hash, session_id, issued_at, expires_at) values ($1, $2, $3, $4))"};

constexpr db::Statement replace_link{"refresh_replace", R"(
    update refresh_tokens set replaced_at = $2, replaced_by = $3, successor = $4 where token_hash = $1)"};

// The predecessor of a used token must not be accepted again.
constexpr db::Statement forget_successor{"refresh_forget_successor", R"(
    update refresh_tokens set successor = null where session_id = $1 and replaced_by = $2)"};

std::string hash(std::string_view token) {
    return crypto::base64url(crypto::view(crypto::sha256(token)));
}

// Only the holder of the predecessor can open its successor: the table alone is not enough, nor the table and our
// secrets.
crypto::Key sealing_key(std::string_view predecessor) {
    return crypto::derive_key(predecessor, "refresh-successor");
}

std::string seal(std::string_view predecessor, std::string_view successor) {
    return crypto::base64url(crypto::seal(sealing_key(predecessor), successor));
}

std::optional<std::string> open(std::string_view predecessor, const std::optional<std::string>& sealed) {
    const auto raw = sealed ? crypto::from_base64url(*sealed) : std::nullopt;
    return raw ? crypto::open(sealing_key(predecessor), *raw) : std::nullopt;
}

}  // namespace

struct RefreshChain::Link {
    SessionId session;
    UserId user;
    Instant expires_at;
    std::optional<Instant> replaced_at;
    std::optional<std::string> successor;  // sealed
    bool successor_used = false;
    bool revoked = false;
    AccountStatus status = AccountStatus::active;

    bool gone() const { return status == AccountStatus::banned || status == AccountStatus::deleted; }
    bool stale(Instant now) const { return replaced_at && (successor_used || now - *replaced_at > predecessor_grace); }
};

Task<std::string> RefreshChain::begin(db::Session& session, SessionId id, Instant now) {
    std::string token = crypto::random_token();
    co_await insert(session, token, id, now);
    co_return token;
}

Task<Result<Rotation>> RefreshChain::rotate(db::Transaction& tx, std::string token, Instant now) {
    const auto link = co_await lock(tx, hash(token));
    if (!link || link->revoked || link->expires_at <= now) co_return fail(Code::unauthenticated);
    // If an old token comes back, two parties hold the chain: neither may continue it.
    if (link->gone() || link->stale(now)) co_return co_await revoke(tx, *link, now);
    Rotation rotation{.user = link->user, .session = link->session, .token = {}};
    if (!link->replaced_at) {
        rotation.token = co_await append(tx, *link, token, now);
        co_return rotation;
    }
    auto successor = open(token, link->successor);
    if (!successor) co_return fail(Code::unauthenticated);  // an older version replaced it seconds ago
    rotation.token = std::move(*successor);
    co_return rotation;
}

Task<std::optional<RefreshChain::Link>> RefreshChain::lock(db::Transaction& tx, std::string token_hash) {
    std::vector<db::Bound> both;
    both.push_back(db::bind(lock_chain, token_hash));
    both.push_back(db::bind(read_link, token_hash));
    const std::vector<db::Rows> answers = co_await tx.batch(std::move(both));
    if (answers[1].empty()) co_return std::nullopt;
    const db::Row row = answers[1][0];
    co_return Link{.session = row.get<SessionId>(0),
                   .user = row.get<UserId>(1),
                   .expires_at = row.get<Instant>(2),
                   .replaced_at = row.get<std::optional<Instant>>(3),
                   .successor = row.get<std::optional<std::string>>(4),
                   .successor_used = row.get<bool>(5),
                   .revoked = row.get<bool>(6),
                   .status = row.get<AccountStatus>(7)};
}

Task<std::string> RefreshChain::append(db::Transaction& tx, Link link, std::string token, Instant now) {
    std::string successor = crypto::random_token();
    co_await insert(tx, successor, link.session, now);
    co_await tx.query(replace_link, hash(token), now, hash(successor), seal(token, successor));
    tx.defer(forget_successor, link.session, hash(token));
    co_await rows_.touch_session(tx, link.session, now);
    co_return successor;
}

Task<void> RefreshChain::insert(db::Session& session, std::string token, SessionId id, Instant now) {
    co_await session.query(insert_link, hash(token), id, now, now + refresh_life);
}

Task<Result<Rotation>> RefreshChain::revoke(db::Transaction& tx, Link link, Instant now) {
    co_await rows_.revoke_session(tx, link.session, link.user, now);
    auto refused = fail(Code::unauthenticated);
    refused.error().keeps_effects = true;
    co_return refused;
}

}  // namespace safargo::auth
