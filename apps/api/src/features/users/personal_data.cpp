#include "features/users/personal_data.hpp"

namespace safargo::users {
namespace {

constexpr std::string_view exported_user = R"(
    select to_jsonb(u) from (select id, phone, email, name, role, status, locale, bio, photo_id, languages,
        smoking, pets, music, talk, gender, gender_confirmed_at, kyc_approved_at, documents_valid_until, rating_sum, rating_count,
        trips_driven, trips_travelled, late_cancellations, ignored_requests, response_seconds_sum, response_count, created_at
        from users where id = $1) u)";

constexpr std::string_view exported_consents = R"(
    select coalesce(jsonb_agg(to_jsonb(c)), '[]') from (select kind, granted, recorded_at
        from consents where user_id = $1 order by recorded_at, kind) c)";

constexpr db::Statement forget_user{"user_forget", R"(
    update users set phone = null, email = null, name = '—', bio = null, photo_url = null, photo_id = null, languages = '{}', smoking = null,
        pets = null, music = null, talk = null, gender = null, gender_confirmed_at = null, kyc_approved_at = null,
        documents_valid_until = null, role = 'user', status = 'deleted', deleted_at = $2
    where id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant now) {
    co_await tx.query(forget_user, person, now);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"user", exported_user}, {"consents", exported_consents}}, .forget = forget};
}

}  // namespace safargo::users
