#include "features/users/accounts.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement insert_user{"user_insert", R"(
    insert into users (id, phone, email, name, locale, created_at) values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing)"};

constexpr db::Statement hold_account{"user_hold_account", "select status from users where id = $1 for key share"};

constexpr db::Statement hold_profile{"user_hold_profile", "select status from users where id = $1 for no key update"};

constexpr db::Statement promote_user{"user_make_driver", R"(
    update users set role = 'driver' where id = $1 and role = 'user')"};

constexpr db::Statement find_woman{"user_is_woman", R"(
    select exists (select from users where id = $1 and gender = 'female' and gender_confirmed_at is not null))"};

constexpr db::Statement set_gender{"user_confirm_gender", R"(
    update users set gender = $2, gender_confirmed_at = $3 where id = $1)"};

constexpr db::Statement find_proven{"user_verification", R"(
    select kyc_approved_at is not null, documents_valid_until from users where id = $1)"};

constexpr db::Statement set_proven{"user_verify", R"(
    update users set kyc_approved_at = coalesce(kyc_approved_at, case when $2 then $4::timestamptz end),
        documents_valid_until = coalesce($3, documents_valid_until)
    where id = $1)"};

AccountStatus status_in(const db::Rows& rows) {
    return rows.empty() ? AccountStatus::deleted : rows[0].get<AccountStatus>(0);
}

}  // namespace

Task<bool> add_account(db::Session& session, NewAccount account, Instant now) {
    const db::Rows inserted = co_await session.query(insert_user, UserId::make(now), account.phone, account.email,
                                                     account.name, enum_name(account.locale), now);
    co_return inserted.affected() == 1;
}

Task<AccountStatus> lock_account(db::Transaction& tx, UserId id) {
    co_return status_in(co_await tx.query(hold_account, id));
}

Task<AccountStatus> lock_profile(db::Transaction& tx, UserId id) {
    co_return status_in(co_await tx.query(hold_profile, id));
}

Task<void> make_driver(db::Transaction& tx, UserId id) {
    co_await tx.query(promote_user, id);
}

Task<bool> is_confirmed_woman(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_woman, id);
    co_return rows[0].get<bool>(0);
}

Task<void> confirm_gender(db::Transaction& tx, UserId id, Gender gender, Instant now) {
    co_await tx.query(set_gender, id, enum_name(gender), now);
}

Task<Verification> find_verification(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_proven, id);
    if (rows.empty()) co_return Verification{};
    co_return Verification{rows[0].get<bool>(0), rows[0].get<std::optional<LocalDate>>(1)};
}

Task<void> verify(db::Transaction& tx, UserId id, Verification proven, Instant now) {
    co_await tx.query(set_proven, id, proven.identity, proven.documents_valid_until, now);
}

}  // namespace safargo::users
