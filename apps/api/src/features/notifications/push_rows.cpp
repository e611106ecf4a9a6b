#include "features/notifications/push_rows.hpp"

#include "core/crypto.hpp"

namespace safargo::notifications {
namespace {

constexpr db::Statement find_browsers{"push_browsers_find", R"(
    select p.id, p.endpoint, p.browser_key, p.browser_secret from push_subscriptions p
    join sessions s on s.id = p.session_id and s.revoked_at is null
    where p.user_id = $1 order by p.id)"};

constexpr db::Statement find_any{"push_browsers_any", R"(
    select exists (select from push_subscriptions where user_id = $1))"};

constexpr db::Statement put_browser{"push_browser_put", R"(
    insert into push_subscriptions (id, user_id, session_id, endpoint, browser_key, browser_secret, created_at)
    select $2, u.id, $3, $4, $5, $6, $7 from users u where u.id = $1 and u.status <> 'deleted' for no key update
    on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id,
        browser_key = excluded.browser_key, browser_secret = excluded.browser_secret, created_at = excluded.created_at
    returning id)"};

constexpr db::Statement count_browsers{"push_browsers_count", R"(
    select count(*) from push_subscriptions p join sessions s on s.id = p.session_id and s.revoked_at is null
    where p.user_id = $1)"};

constexpr db::Statement remove_browser{"push_browser_remove", R"(
    delete from push_subscriptions where id = $1 and user_id = $2 returning id)"};

constexpr db::Statement remove_ended{"push_endpoint_remove", "delete from push_subscriptions where endpoint = $1"};

}  // namespace

Task<std::vector<Browser>> PushRows::of(db::Session& session, UserId person) {
    std::vector<Browser> browsers;
    const db::Rows rows = co_await session.query(find_browsers, person);
    for (const db::Row row : rows) {
        const auto key = crypto::from_base64url(row.get<std::string>(2));
        const auto secret = crypto::from_base64url(row.get<std::string>(3));
        if (key && secret) browsers.push_back({row.get<PushSubscriptionId>(0), row.get<std::string>(1), *key, *secret});
    }
    co_return browsers;
}

Task<bool> PushRows::any_of(db::Session& session, UserId person) {
    const db::Rows rows = co_await session.query(find_any, person);
    co_return rows[0].get<bool>(0);
}

Task<std::optional<PushSubscriptionId>> PushRows::put(db::Session& session, UserId person, SessionId session_id,
                                                      Browser browser, Instant now) {
    const db::Rows rows =
        co_await session.query(put_browser, person, browser.id, session_id, browser.endpoint,
                               crypto::base64url(browser.key), crypto::base64url(browser.secret), now);
    if (rows.empty()) co_return std::nullopt;
    co_return rows[0].get<PushSubscriptionId>(0);
}

Task<std::int64_t> PushRows::count(db::Session& session, UserId person) {
    const db::Rows rows = co_await session.query(count_browsers, person);
    co_return rows[0].get<std::int64_t>(0);
}

Task<bool> PushRows::remove(db::Session& session, UserId person, PushSubscriptionId id) {
    const db::Rows rows = co_await session.query(remove_browser, id, person);
    co_return !rows.empty();
}

Task<void> PushRows::remove_endpoint(db::Session& session, std::string endpoint) {
    co_await session.query(remove_ended, endpoint);
}

}  // namespace safargo::notifications
