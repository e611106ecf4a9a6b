#include "features/favourites/personal_data.hpp"

namespace safargo::favourites {
namespace {

constexpr std::string_view exported_favourites = R"(
    select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (select label, lat, lng, created_at
        from favourites where user_id = $1 order by id) f)";

constexpr db::Statement forget_favourites{"user_forget_favourites", R"(
    delete from favourites where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant) {
    co_await tx.query(forget_favourites, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"favourites", exported_favourites}}, .forget = forget};
}

}  // namespace safargo::favourites
