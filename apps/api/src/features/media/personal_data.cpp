#include "features/media/personal_data.hpp"

#include "features/media/service.hpp"

namespace safargo::media {
namespace {

constexpr std::string_view exported_pictures = R"(
    select coalesce(jsonb_agg(to_jsonb(p)), '[]') from (select id, purpose, width, height, created_at
        from pictures where owner_id = $1 and discarded_at is null order by created_at, id) p)";

constexpr std::string_view exported_uploads = R"(
    select coalesce(jsonb_agg(to_jsonb(u)), '[]') from (select id, purpose, content_type, bytes, state, created_at
        from uploads where user_id = $1 order by created_at, id) u)";

constexpr db::Statement find_pictures{"user_find_pictures", R"(
    select id from pictures where owner_id = $1 and purpose <> 'place_photo')"};

// Pictures of places stay where a moderator has put them, and no longer name them.
constexpr db::Statement forget_owner{"user_forget_pictures", "update pictures set owner_id = null where owner_id = $1"};

// A permit ends at once, so that no picture follows; what was sent with it is swept as ever.
constexpr db::Statement forget_uploads{"user_forget_uploads", R"(
    update uploads set user_id = null, state = case state when 'permitted' then 'expired' else state end
    where user_id = $1)"};

Task<void> forget(db::Transaction& tx, UserId person, Instant now) {
    const db::Rows rows = co_await tx.query(find_pictures, person);
    std::vector<PictureId> pictures;
    for (const db::Row row : rows) pictures.push_back(row.get<PictureId>(0));
    co_await discard(tx, std::move(pictures), now);
    co_await tx.query(forget_owner, person);
    co_await tx.query(forget_uploads, person);
}

}  // namespace

platform::PersonalData personal_data() {
    return {.exported = {{"pictures", exported_pictures}, {"uploads", exported_uploads}}, .forget = forget};
}

}  // namespace safargo::media
