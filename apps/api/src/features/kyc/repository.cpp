#include "features/kyc/repository.hpp"

#define DOCUMENT_COLUMNS                                                                                     \
    "id, user_id, type, status, picture_id, expires_on, reason, note, created_at, reviewed_at, decided_at, " \
    "decided_by "

#define FILE_COLUMNS                                                                                        \
    "d.id, d.user_id, u.name, d.type, d.status, d.picture_id is not null, d.expires_on, d.reason, d.note, " \
    "d.created_at, d.reviewed_at, d.decided_at, d.decided_by "

namespace safargo::kyc {
namespace {

using contract::enum_name;
using Words = std::optional<std::string>;
using Time = std::optional<Instant>;

Document document_from(const db::Row& row) {
    return {.id = row.get<KycDocumentId>(0),
            .user = row.get<UserId>(1),
            .type = row.get<DocumentType>(2),
            .status = row.get<DocumentStatus>(3),
            .picture = row.get<std::optional<PictureId>>(4),
            .expires_on = row.get<std::optional<LocalDate>>(5),
            .reason = row.get<std::optional<RejectionReason>>(6),
            .note = row.get<Words>(7),
            .created_at = row.get<Instant>(8),
            .reviewed_at = row.get<Time>(9),
            .decided_at = row.get<Time>(10),
            .decided_by = row.get<std::optional<UserId>>(11)};
}

std::optional<Document> first_of(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return document_from(rows[0]);
}

DocumentFile file_from(const db::Row& row) {
    return {.id = row.get<KycDocumentId>(0),
            .user_id = row.get<UserId>(1),
            .name = row.get<std::string>(2),
            .type = row.get<DocumentType>(3),
            .status = row.get<DocumentStatus>(4),
            .has_picture = row.get<bool>(5),
            .expires_on = row.get<std::optional<LocalDate>>(6),
            .reason = row.get<std::optional<RejectionReason>>(7),
            .note = row.get<Words>(8),
            .created_at = row.get<Instant>(9),
            .reviewed_at = row.get<Time>(10),
            .decided_at = row.get<Time>(11),
            .decided_by = row.get<std::optional<UserId>>(12)};
}

std::vector<DueDocument> due_from(const db::Rows& rows) {
    std::vector<DueDocument> due;
    for (const db::Row row : rows) due.push_back({row.get<Instant>(0), row.get<KycDocumentId>(1)});
    return due;
}

template <class E>
Words name_of(const std::optional<E>& value) {
    if (!value) return std::nullopt;
    return std::string(enum_name(*value));
}

}  // namespace

constexpr db::Statement list_documents{"kyc_list_current", "select " DOCUMENT_COLUMNS R"(
    from kyc_documents where user_id = $1 and replaced_at is null order by type, status, id)"};

Task<std::vector<Document>> DocumentRepository::list_current(db::Session& session, UserId user) const {
    const db::Rows rows = co_await session.query(list_documents, user);
    std::vector<Document> documents;
    for (const db::Row row : rows) documents.push_back(document_from(row));
    co_return documents;
}

constexpr db::Statement count_documents{"kyc_count_since", R"(
    select count(*) from kyc_documents where user_id = $1 and created_at > $2)"};

Task<std::int64_t> DocumentRepository::count_since(db::Session& session, UserId user, Instant since) const {
    const db::Rows rows = co_await session.query(count_documents, user, since);
    co_return rows[0].get<std::int64_t>(0);
}

constexpr db::Statement insert_document{"kyc_insert", R"(
    insert into kyc_documents (id, user_id, type, picture_id, expires_on, created_at) values ($1, $2, $3, $4, $5, $6))"};

Task<void> DocumentRepository::insert(db::Session& session, Document document) const {
    co_await session.query(insert_document, document.id, document.user, enum_name(document.type), document.picture,
                           document.expires_on, document.created_at);
}

constexpr db::Statement replace_document{"kyc_replace", R"(
    update kyc_documents set replaced_at = $2, picture_id = null where id = $1)"};

Task<void> DocumentRepository::replace(db::Session& session, KycDocumentId id, Instant now) const {
    co_await session.query(replace_document, id, now);
}

constexpr db::Statement find_document{
    "kyc_find", "select " DOCUMENT_COLUMNS "from kyc_documents where id = $1 and replaced_at is null"};

Task<std::optional<Document>> DocumentRepository::find(db::Session& session, KycDocumentId id) const {
    co_return first_of(co_await session.query(find_document, id));
}

constexpr db::Statement lock_document{
    "kyc_lock", "select " DOCUMENT_COLUMNS "from kyc_documents where id = $1 and replaced_at is null for update"};

Task<std::optional<Document>> DocumentRepository::lock(db::Transaction& tx, KycDocumentId id) const {
    co_return first_of(co_await tx.query(lock_document, id));
}

constexpr db::Statement review_document{"kyc_begin_review", R"(
    update kyc_documents set status = 'under_review', reviewed_by = $2, reviewed_at = $3
    where id = $1 and status = 'pending')"};

Task<void> DocumentRepository::begin_review(db::Session& session, KycDocumentId id, UserId moderator,
                                            Instant now) const {
    co_await session.query(review_document, id, moderator, now);
}

constexpr db::Statement decide_document{"kyc_decide", R"(
    update kyc_documents set status = $2, reason = $3, note = $4, decided_by = $5, decided_at = $6 where id = $1)"};

Task<void> DocumentRepository::decide(db::Session& session, Document decided) const {
    co_await session.query(decide_document, decided.id, enum_name(decided.status), name_of(decided.reason),
                           decided.note, decided.decided_by, decided.decided_at);
}

constexpr db::Statement find_document_file{"kyc_find_file", "select " FILE_COLUMNS R"(
    from kyc_documents d join users u on u.id = d.user_id where d.id = $1 and d.replaced_at is null)"};

Task<std::optional<DocumentFile>> DocumentRepository::find_file(db::Session& session, KycDocumentId id) const {
    const db::Rows rows = co_await session.query(find_document_file, id);
    if (rows.empty()) co_return std::nullopt;
    co_return file_from(rows[0]);
}

// Two statements, so that each has an index in the order of its pages.
constexpr db::Statement list_waiting{"kyc_list_waiting", "select " FILE_COLUMNS R"(
    from kyc_documents d join users u on u.id = d.user_id
    where d.replaced_at is null and d.decided_at is null and ($1::text is null or d.status = $1)
        and ($2::text is null or d.type = $2) and d.id > $3
    order by d.id limit $4)"};

constexpr db::Statement list_decided{"kyc_list_decided", "select " FILE_COLUMNS R"(
    from kyc_documents d join users u on u.id = d.user_id
    where d.replaced_at is null and d.decided_at is not null and d.status = $1 and ($2::text is null or d.type = $2)
        and d.id > $3
    order by d.id limit $4)"};

Task<std::vector<DocumentFile>> DocumentRepository::list_files(db::Session& session, ListDocuments wanted,
                                                               KycDocumentId after, std::int64_t limit) const {
    using enum DocumentStatus;
    const bool decided = wanted.status == approved || wanted.status == rejected;
    const db::Rows rows = co_await session.query(decided ? list_decided : list_waiting, name_of(wanted.status),
                                                 name_of(wanted.type), after, limit);
    std::vector<DocumentFile> files;
    files.reserve(rows.size());
    for (const db::Row row : rows) files.push_back(file_from(row));
    co_return files;
}

constexpr db::Statement find_old_pictures{"kyc_find_purgeable", R"(
    select decided_at, id from kyc_documents
    where picture_id is not null and decided_at <= $1 and (decided_at, id) > ($2, $3)
    order by decided_at, id limit $4)"};

Task<std::vector<DueDocument>> DocumentRepository::find_purgeable(db::Session& session, Instant decided_by_then,
                                                                  DueDocument last, std::int64_t limit) const {
    co_return due_from(co_await session.query(find_old_pictures, decided_by_then, last.at, last.id, limit));
}

constexpr db::Statement lock_old_picture{"kyc_lock_purgeable", R"(
    select picture_id from kyc_documents where id = $1 and decided_at <= $2 and picture_id is not null for update)"};

constexpr db::Statement forget_picture{"kyc_forget_picture", R"(
    update kyc_documents set picture_id = null where id = $1)"};

Task<std::optional<PictureId>> DocumentRepository::purge(db::Transaction& tx, KycDocumentId id,
                                                         Instant decided_by_then) const {
    const db::Rows rows = co_await tx.query(lock_old_picture, id, decided_by_then);
    if (rows.empty()) co_return std::nullopt;
    const auto picture = rows[0].get<PictureId>(0);
    co_await tx.query(forget_picture, id);
    co_return picture;
}

constexpr db::Statement find_ending_documents{"kyc_find_ending", R"(
    select expires_on::timestamp at time zone 'UTC', id from kyc_documents d
    where replaced_at is null and reminded_at is null and status = 'approved' and expires_on between $1 and $2
        and (expires_on::timestamp at time zone 'UTC', id) > ($3, $4)
        and not exists (select from kyc_documents r where r.user_id = d.user_id and r.type = d.type
                        and r.replaced_at is null and r.status in ('pending', 'under_review'))
    order by expires_on, id limit $5)"};

Task<std::vector<DueDocument>> DocumentRepository::find_ending(db::Session& session, LocalDate today,
                                                               LocalDate last_day, DueDocument last,
                                                               std::int64_t limit) const {
    co_return due_from(co_await session.query(find_ending_documents, today, last_day, last.at, last.id, limit));
}

constexpr db::Statement note_reminded{"kyc_note_reminder", R"(
    update kyc_documents set reminded_at = $2 where id = $1 and reminded_at is null and replaced_at is null
    returning user_id)"};

Task<std::optional<UserId>> DocumentRepository::note_reminder(db::Session& session, KycDocumentId id,
                                                              Instant now) const {
    const db::Rows rows = co_await session.query(note_reminded, id, now);
    if (rows.empty()) co_return std::nullopt;
    co_return rows[0].get<UserId>(0);
}

}  // namespace safargo::kyc
