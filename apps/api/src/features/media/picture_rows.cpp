#include "features/media/picture_rows.hpp"

namespace safargo::media {
namespace {

using contract::enum_name;

StoredPicture stored_from(const db::Row& row) {
    return {row.get<PictureId>(0), row.get<Purpose>(1)};
}

}  // namespace

constexpr db::Statement insert_picture{"picture_insert", R"(
    insert into pictures (id, owner_id, purpose, width, height, created_at) values ($1, $2, $3, $4, $5, $6))"};

Task<void> PictureRows::insert(db::Session& session, NewPicture picture, Instant now) const {
    co_await session.query(insert_picture, picture.id, picture.owner, enum_name(picture.purpose),
                           static_cast<std::int32_t>(picture.width), static_cast<std::int32_t>(picture.height), now);
}

constexpr db::Statement claim_picture{"picture_claim", R"(
    update pictures set claimed_at = $4
    where id = $1 and owner_id = $2 and purpose = $3 and claimed_at is null and discarded_at is null
    returning width, height)"};

Task<std::optional<ClaimedPicture>> PictureRows::claim(db::Session& session, PictureId id, UserId owner,
                                                       Purpose purpose, Instant now) const {
    const db::Rows rows = co_await session.query(claim_picture, id, owner, enum_name(purpose), now);
    if (rows.empty()) co_return std::nullopt;
    co_return ClaimedPicture{id, rows[0].get<std::int64_t>(0), rows[0].get<std::int64_t>(1)};
}

// A picture that was claimed may have lost its upload's row since.
constexpr db::Statement find_state_of_claim{"picture_find_state_of_claim", R"(
    select u.state, p.claimed_at is not null, p.id is not null
    from (select $1::uuid as id) asked
    left join uploads u on u.id = asked.id and u.user_id = $2 and u.purpose = $3
    left join pictures p on p.id = asked.id and p.owner_id = $2 and p.purpose = $3)"};

Task<Error> PictureRows::refuse_claim(db::Session& session, UploadId id, UserId owner, Purpose purpose) const {
    const db::Rows rows = co_await session.query(find_state_of_claim, id, owner, enum_name(purpose));
    const auto state = rows[0].get<std::optional<UploadState>>(0);
    const bool claimed = rows[0].get<bool>(1), exists = rows[0].get<bool>(2);
    if (claimed) co_return Error{.code = Code::upload_used};
    if (!state && !exists) co_return fail("upload_id", {Rule::unknown_reference}).error();
    const bool may_still_finish = state == UploadState::permitted || state == UploadState::refused;
    co_return Error{.code = may_still_finish ? Code::upload_incomplete : Code::upload_expired};
}

constexpr db::Statement discard_pictures{"picture_discard", R"(
    update pictures set discarded_at = $2 where id = any($1) and discarded_at is null returning id)"};

Task<std::vector<PictureId>> PictureRows::discard(db::Session& session, std::vector<PictureId> pictures,
                                                  Instant now) const {
    const db::Rows rows = co_await session.query(discard_pictures, pictures, now);
    std::vector<PictureId> discarded;
    for (const db::Row row : rows) discarded.push_back(row.get<PictureId>(0));
    co_return discarded;
}

constexpr db::Statement discard_unclaimed_pictures{"picture_discard_unclaimed", R"(
    update pictures set discarded_at = $2 where claimed_at is null and discarded_at is null and id = any(array(
        select id from pictures where claimed_at is null and discarded_at is null and created_at < $1 limit 1000)))"};

Task<void> PictureRows::discard_unclaimed(db::Session& session, Instant before, Instant now) const {
    co_await session.query(discard_unclaimed_pictures, before, now);
}

constexpr db::Statement find_discarded_picture{"picture_find_discarded", R"(
    select id, purpose from pictures where id = $1 and discarded_at is not null)"};

Task<std::optional<StoredPicture>> PictureRows::find_discarded(db::Session& session, PictureId id) const {
    const db::Rows rows = co_await session.query(find_discarded_picture, id);
    if (rows.empty()) co_return std::nullopt;
    co_return stored_from(rows[0]);
}

constexpr db::Statement list_discarded_pictures{"picture_list_discarded", R"(
    select id, purpose from pictures where discarded_at < $1 and id > $2 order by id limit $3)"};

Task<std::vector<StoredPicture>> PictureRows::list_discarded(db::Session& session, Instant before, PictureId after,
                                                             std::int64_t limit) const {
    const db::Rows rows = co_await session.query(list_discarded_pictures, before, after, limit);
    std::vector<StoredPicture> pictures;
    for (const db::Row row : rows) pictures.push_back(stored_from(row));
    co_return pictures;
}

constexpr db::Statement remove_picture{"picture_remove", R"(
    delete from pictures where id = $1 and discarded_at is not null)"};

Task<void> PictureRows::remove(db::Session& session, PictureId id) const {
    co_await session.query(remove_picture, id);
}

}  // namespace safargo::media
