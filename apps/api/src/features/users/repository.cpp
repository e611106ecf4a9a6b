#include "features/users/repository.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement find_own{"user_find_own", R"(
    select id, name, phone, email, role, status, locale, bio, photo_id, languages, smoking, pets, music, talk,
           rating_sum, rating_count, kyc_approved_at is not null, created_at
    from users where id = $1 and status <> 'deleted')"};

constexpr db::Statement find_public_profile{"user_find_public", R"(
    select id, name, bio, photo_id, languages, smoking, pets, music, talk, rating_sum, rating_count,
           trips_driven, trips_travelled, kyc_approved_at is not null, created_at, late_cancellations,
           phone is not null, email is not null, response_seconds_sum, response_count
    from users where id = $1 and status in ('active', 'suspended'))"};

constexpr db::Statement lock_profile{"user_lock_profile", R"(
    select from users where id = $1 and status <> 'deleted' for no key update)"};

constexpr db::Statement lock_driver{"user_lock_driver", "select from drivers where user_id = $1 for update"};

constexpr db::Statement lock_account{"user_lock_account", R"(
    select from users where id = $1 and status <> 'deleted' for update)"};

constexpr db::Statement update_profile{"user_update", R"(
    update users set name = $2, locale = $3, bio = $4, languages = $5, smoking = $6, pets = $7, music = $8, talk = $9
    where id = $1)"};

constexpr db::Statement update_photo{"user_set_photo", "update users set photo_id = $2 where id = $1"};

constexpr db::Statement insert_consent_row{"consent_insert", R"(
    insert into consents (user_id, kind, granted, recorded_at) values ($1, $2, $3, $4) on conflict do nothing)"};

TravelPreferences preferences_from(const db::Row& row, int column) {
    return {row.get<std::optional<bool>>(column), row.get<std::optional<bool>>(column + 1),
            row.get<std::optional<bool>>(column + 2), row.get<std::optional<Talk>>(column + 3)};
}

std::optional<double> share(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Task<std::optional<MyProfile>> UserRepository::find_mine(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_own, id);
    if (rows.empty()) co_return std::nullopt;
    const db::Row row = rows[0];
    const auto reviews = row.get<std::int64_t>(15);
    co_return MyProfile{.id = row.get<UserId>(0),
                        .name = row.get<std::string>(1),
                        .phone = row.get<std::optional<std::string>>(2),
                        .email = row.get<std::optional<std::string>>(3),
                        .role = row.get<Role>(4),
                        .status = row.get<AccountStatus>(5),
                        .locale = row.get<Language>(6),
                        .bio = row.get<std::optional<std::string>>(7),
                        .photo = picture_of(row.get<std::optional<PictureId>>(8)),
                        .languages = row.get<std::vector<std::string>>(9),
                        .preferences = preferences_from(row, 10),
                        .rating = rating(row.get<std::int64_t>(14), reviews),
                        .reviews = reviews,
                        .verified = row.get<bool>(16),
                        .member_since = row.get<Instant>(17)};
}

Task<std::optional<PublicProfile>> UserRepository::find_public(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_public_profile, id);
    if (rows.empty()) co_return std::nullopt;
    const db::Row row = rows[0];
    const auto reviews = row.get<std::int64_t>(10);
    const auto driven = row.get<std::int64_t>(11), travelled = row.get<std::int64_t>(12);
    const auto cancelled = row.get<std::int64_t>(15);
    co_return PublicProfile{.id = row.get<UserId>(0),
                            .name = public_name(row.get<std::string_view>(1)),
                            .bio = row.get<std::optional<std::string>>(2),
                            .photo = picture_of(row.get<std::optional<PictureId>>(3)),
                            .languages = row.get<std::vector<std::string>>(4),
                            .preferences = preferences_from(row, 5),
                            .rating = rating(row.get<std::int64_t>(9), reviews),
                            .reviews = reviews,
                            .trips_driven = driven,
                            .trips_travelled = travelled,
                            .verified = row.get<bool>(13),
                            .verifications = {row.get<bool>(16), row.get<bool>(17), row.get<bool>(13)},
                            .member_since = row.get<Instant>(14),
                            .response_time_s = response_time_s(row.get<std::int64_t>(18), row.get<std::int64_t>(19)),
                            .cancellation_rate = share(cancelled, driven + travelled + cancelled)};
}

Task<bool> UserRepository::lock_to_edit(db::Transaction& tx, UserId id) {
    const db::Rows rows = co_await tx.query(lock_profile, id);
    co_return !rows.empty();
}

Task<bool> UserRepository::lock_to_leave(db::Transaction& tx, UserId id) {
    co_await tx.query(lock_driver, id);
    const db::Rows rows = co_await tx.query(lock_account, id);
    co_return !rows.empty();
}

Task<void> UserRepository::update(db::Session& session, const MyProfile& profile) {
    std::optional<std::string> talk;
    if (profile.preferences.talk) talk = contract::enum_name(*profile.preferences.talk);
    co_await session.query(update_profile, profile.id, profile.name.said,
                           std::string(contract::enum_name(profile.locale)), profile.bio, profile.languages,
                           profile.preferences.smoking, profile.preferences.pets, profile.preferences.music, talk);
}

Task<void> UserRepository::set_photo(db::Session& session, UserId id, std::optional<PictureId> photo) {
    co_await session.query(update_photo, id, photo);
}

Task<void> UserRepository::insert_consent(db::Session& session, UserId id, std::string kind, bool granted,
                                          Instant now) {
    co_await session.query(insert_consent_row, id, kind, granted, now);
}

}  // namespace safargo::users
