#include "features/users/repository.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement find_own{"user_find_own", R"(
    select id, name, phone, email, role, status, locale, bio, photo_url, languages, smoking, pets, music, talk,
           rating_sum, rating_count, kyc_approved_at is not null, created_at
    from users where id = $1)"};

constexpr db::Statement find_public_profile{"user_find_public", R"(
    select id, name, bio, photo_url, languages, smoking, pets, music, talk, rating_sum, rating_count,
           trips_driven, trips_travelled, kyc_approved_at is not null, created_at, late_cancellations
    from users where id = $1 and status in ('active', 'suspended'))"};

constexpr db::Statement update_profile{"user_update", R"(
    update users set name = $2, locale = $3, bio = $4, languages = $5, smoking = $6, pets = $7, music = $8, talk = $9
    where id = $1)"};

constexpr db::Statement insert_consent_row{"consent_insert", R"(
    insert into consents (user_id, kind, granted, recorded_at) values ($1, $2, $3, $4) on conflict do nothing)"};

constexpr db::Statement export_user{"user_export", R"(
    select jsonb_build_object(
        'user', (select to_jsonb(u) from (select id, phone, email, name, role, status, locale, bio, photo_url, languages,
            smoking, pets, music, talk, gender, gender_confirmed_at, kyc_approved_at, rating_sum, rating_count, trips_driven,
            trips_travelled, late_cancellations, ignored_requests, created_at from users where id = $1) u),
        'sessions', (select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (select id, user_agent, created_at, last_used_at,
            revoked_at from sessions where user_id = $1 order by created_at) s),
        'consents', (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (select kind, granted, recorded_at
            from consents where user_id = $1 order by recorded_at) c),
        'driver', (select to_jsonb(d) from (select licence_number, licence_expires_on, created_at
            from drivers where user_id = $1) d),
        'vehicles', (select coalesce(jsonb_agg(to_jsonb(v)), '[]') from (select id, make, model, year, colour, seats, plate,
            fuel, created_at, deleted_at from vehicles where driver_id = $1 order by created_at) v),
        'trips', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (select id, status, stop_labels, stop_times, stop_prices,
            seats, note, created_at from trips where driver_id = $1 order by date_time) t),
        'bookings', (select coalesce(jsonb_agg(to_jsonb(b)), '[]') from (select b.id, b.trip_id, b.status, b.from_stop,
            b.to_stop, b.seats, b.price, b.service_fee, b.payment_method, b.message, b.pickup_at, b.dropoff_at, b.created_at,
            p.status as payment_status, p.amount, p.captured, p.refunded
            from bookings b left join payments p on p.booking_id = b.id where b.user_id = $1 order by b.created_at) b)
    )::text)"};

constexpr db::Statement find_business{"user_open_business", R"(
    select exists (select from bookings where (user_id = $1 or driver_id = $1)
                   and status in ('requested', 'awaiting_payment', 'confirmed', 'boarded', 'completed', 'disputed'))
        or exists (select from trips where driver_id = $1 and status in ('open', 'in_progress')))"};

constexpr db::Statement forget_user{"user_forget", R"(
    update users set phone = null, email = null, name = '—', bio = null, photo_url = null, languages = '{}', smoking = null,
        pets = null, music = null, talk = null, gender = null, gender_confirmed_at = null, kyc_approved_at = null,
        role = 'user', status = 'deleted', deleted_at = $2
    where id = $1)"};

constexpr db::Statement forget_sessions{"user_forget_sessions", R"(
    update sessions set revoked_at = coalesce(revoked_at, $2), user_agent = '' where user_id = $1)"};

constexpr db::Statement forget_vehicles{"user_forget_vehicles", R"(
    update vehicles set deleted_at = coalesce(deleted_at, $2), plate = '' where driver_id = $1)"};

constexpr db::Statement forget_licence{"user_forget_licence", R"(
    update drivers set licence_number = user_id::text where user_id = $1)"};

constexpr db::Statement forget_words{"user_forget_words", R"(
    update bookings set message = null where user_id = $1)"};

std::optional<Talkativeness> talk_from(std::optional<std::string_view> text) {
    if (!text) return std::nullopt;
    return contract::enum_from<Talkativeness>(*text).value();
}

TravelPreferences preferences_from(const db::Row& row, int column) {
    return {row.get<std::optional<bool>>(column), row.get<std::optional<bool>>(column + 1),
            row.get<std::optional<bool>>(column + 2), talk_from(row.get<std::optional<std::string_view>>(column + 3))};
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
                        .role = contract::enum_from<Role>(row.get<std::string_view>(4)).value(),
                        .status = contract::enum_from<AccountStatus>(row.get<std::string_view>(5)).value(),
                        .locale = contract::enum_from<Language>(row.get<std::string_view>(6)).value(),
                        .bio = row.get<std::optional<std::string>>(7),
                        .photo = row.get<std::optional<std::string>>(8),
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
                            .photo = row.get<std::optional<std::string>>(3),
                            .languages = row.get<std::vector<std::string>>(4),
                            .preferences = preferences_from(row, 5),
                            .rating = rating(row.get<std::int64_t>(9), reviews),
                            .reviews = reviews,
                            .trips_driven = driven,
                            .trips_travelled = travelled,
                            .verified = row.get<bool>(13),
                            .member_since = row.get<Instant>(14),
                            .cancellation_rate = share(cancelled, driven + travelled + cancelled)};
}

Task<void> UserRepository::update(db::Session& session, const MyProfile& profile) {
    std::optional<std::string> talk;
    if (profile.preferences.talk) talk = contract::enum_name(*profile.preferences.talk);
    co_await session.query(update_profile, profile.id, profile.name, std::string(contract::enum_name(profile.locale)),
                           profile.bio, profile.languages, profile.preferences.smoking, profile.preferences.pets,
                           profile.preferences.music, talk);
}

Task<void> UserRepository::insert_consent(db::Session& session, UserId id, std::string kind, bool granted,
                                          Instant now) {
    co_await session.query(insert_consent_row, id, kind, granted, now);
}

Task<std::string> UserRepository::export_all(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(export_user, id);
    co_return rows[0].get<std::string>(0);
}

Task<bool> UserRepository::has_open_business(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_business, id);
    co_return rows[0].get<bool>(0);
}

Task<void> UserRepository::anonymise(db::Transaction& tx, UserId id, Instant now) {
    co_await tx.query(forget_user, id, now);
    co_await tx.query(forget_sessions, id, now);
    co_await tx.query(forget_vehicles, id, now);
    co_await tx.query(forget_licence, id);
    co_await tx.query(forget_words, id);
}

}  // namespace safargo::users
