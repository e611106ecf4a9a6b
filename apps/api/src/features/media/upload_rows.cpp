#include "features/media/upload_rows.hpp"

#include <algorithm>

#define UPLOAD_COLUMNS \
    "id, user_id, purpose, content_type, bytes, state, refusal, refusal_values, busy_until, created_at, expires_at "

namespace safargo::media {
namespace {

using contract::enum_name;

// A rule that only a newer version knows is told as the most general one.
std::optional<Violation> refusal_from(const db::Row& row) {
    const auto rule = row.get<std::optional<std::string>>(6);
    if (!rule) return std::nullopt;
    auto values = row.get<std::vector<std::string>>(7);
    values.resize(2);
    const auto known = std::ranges::find(rule_table(), *rule, &RuleInfo::name);
    if (known == rule_table().end()) return Violation{Rule::picture_broken};
    return Violation{known->rule, std::move(values[0]), std::move(values[1])};
}

Upload upload_from(const db::Row& row) {
    return {.id = row.get<UploadId>(0),
            .owner = row.get<std::optional<UserId>>(1).value_or(UserId{}),
            .purpose = row.get<Purpose>(2),
            .content_type = row.get<std::string>(3),
            .bytes = row.get<std::int64_t>(4),
            .state = row.get<UploadState>(5),
            .refusal = refusal_from(row),
            .busy_until = row.get<std::optional<Instant>>(8),
            .created_at = row.get<Instant>(9),
            .expires_at = row.get<Instant>(10)};
}

}  // namespace

constexpr db::Statement lock_permits_of{"upload_lock_permits", R"(
    select pg_advisory_xact_lock(uuid_hash_extended($1, 31)))"};

Task<void> UploadRows::lock_permits(db::Transaction& tx, UserId owner) const {
    co_await tx.query(lock_permits_of, owner);
}

constexpr db::Statement count_uploads{"upload_count", R"(
    select count(*) filter (where state = 'permitted' and expires_at > $2), count(*) filter (where created_at > $3)
    from uploads where user_id = $1 and created_at > $3)"};

Task<UploadRows::Counts> UploadRows::count(db::Session& session, UserId owner, Instant now, Instant since) const {
    const db::Rows rows = co_await session.query(count_uploads, owner, now, since);
    co_return Counts{rows[0].get<std::int64_t>(0), rows[0].get<std::int64_t>(1)};
}

constexpr db::Statement insert_upload{"upload_insert", R"(
    insert into uploads (id, user_id, purpose, content_type, bytes, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7))"};

Task<void> UploadRows::insert(db::Transaction& tx, Upload upload) const {
    co_await tx.query(insert_upload, upload.id, upload.owner, enum_name(upload.purpose), upload.content_type,
                      upload.bytes, upload.created_at, upload.expires_at);
}

constexpr db::Statement lock_own_upload{"upload_lock_own", "select " UPLOAD_COLUMNS R"(
    from uploads where id = $1 and user_id = $2 for no key update)"};

Task<std::optional<Upload>> UploadRows::lock_own(db::Transaction& tx, UserId owner, UploadId id) const {
    const db::Rows rows = co_await tx.query(lock_own_upload, id, owner);
    if (rows.empty()) co_return std::nullopt;
    co_return upload_from(rows[0]);
}

constexpr db::Statement mark_busy_until{"upload_mark_busy", "update uploads set busy_until = $2 where id = $1"};

Task<void> UploadRows::mark_busy(db::Transaction& tx, UploadId id, Instant until) const {
    co_await tx.query(mark_busy_until, id, until);
}

constexpr db::Statement finish_upload{"upload_finish", R"(
    update uploads set state = 'finished', busy_until = null
    where id = $1 and state = 'permitted' and busy_until = $2)"};

Task<bool> UploadRows::finish(db::Session& session, UploadId id, Instant busy_until) const {
    co_return (co_await session.query(finish_upload, id, busy_until)).affected() == 1;
}

constexpr db::Statement refuse_upload{"upload_refuse", R"(
    update uploads set state = 'refused', refusal = $3, refusal_values = $4::text[], busy_until = null
    where id = $1 and state = 'permitted' and busy_until = $2)"};

Task<bool> UploadRows::refuse(db::Session& session, UploadId id, Instant busy_until, Violation reason) const {
    const std::vector<std::string> values{reason.first, reason.second};
    const db::Rows rows = co_await session.query(refuse_upload, id, busy_until, name(reason.rule), values);
    co_return rows.affected() == 1;
}

constexpr db::Statement release_upload{"upload_release", R"(
    update uploads set busy_until = null where id = $1 and busy_until = $2)"};

Task<void> UploadRows::release(db::Session& session, UploadId id, Instant busy_until) const {
    co_await session.query(release_upload, id, busy_until);
}

constexpr db::Statement expire_uploads{"upload_expire", R"(
    update uploads set state = 'expired', busy_until = null where id = any(array(
        select id from uploads
        where swept_at is null and expires_at < $1 and state = 'permitted' and (busy_until is null or busy_until < $2)
        limit 1000 for no key update skip locked)))"};

Task<void> UploadRows::expire(db::Session& session, Instant before, Instant now) const {
    co_await session.query(expire_uploads, before, now);
}

constexpr db::Statement list_unswept_uploads{"upload_list_unswept", "select " UPLOAD_COLUMNS R"(
    from uploads where swept_at is null and expires_at < $1 and state <> 'permitted' and id > $2 order by id limit $3)"};

Task<std::vector<Upload>> UploadRows::list_unswept(db::Session& session, Instant before, UploadId after,
                                                   std::int64_t limit) const {
    const db::Rows rows = co_await session.query(list_unswept_uploads, before, after, limit);
    std::vector<Upload> uploads;
    for (const db::Row row : rows) uploads.push_back(upload_from(row));
    co_return uploads;
}

constexpr db::Statement mark_upload_swept{"upload_mark_swept", "update uploads set swept_at = $2 where id = $1"};

Task<void> UploadRows::mark_swept(db::Session& session, UploadId id, Instant now) const {
    co_await session.query(mark_upload_swept, id, now);
}

}  // namespace safargo::media
