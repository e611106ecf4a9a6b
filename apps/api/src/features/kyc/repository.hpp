// Rows of `kyc_documents`. SQL only. Current are those that no other has taken the place of.
#pragma once

#include "db/sweep.hpp"
#include "db/transaction.hpp"
#include "features/kyc/views.hpp"

#include <optional>
#include <vector>

namespace safargo::kyc {

using DueDocument = db::DueRow<KycDocumentId>;

class DocumentRepository {
public:
    // The person's current ones, by type, the approved one first.
    Task<std::vector<Document>> list_current(db::Session& session, UserId user) const;
    // Sent since then, replaced ones included.
    Task<std::int64_t> count_since(db::Session& session, UserId user, Instant since) const;
    Task<void> insert(db::Session& session, Document document) const;
    // Another takes its place: it is no longer current, and names no picture.
    Task<void> replace(db::Session& session, KycDocumentId id, Instant now) const;

    // None if it is not current.
    Task<std::optional<Document>> find(db::Session& session, KycDocumentId id) const;
    Task<std::optional<Document>> lock(db::Transaction& tx, KycDocumentId id) const;
    Task<void> begin_review(db::Session& session, KycDocumentId id, UserId moderator, Instant now) const;
    // Writes status, reason, note, and who decided when.
    Task<void> decide(db::Session& session, Document decided) const;

    // As moderators see it; none if it is not current.
    Task<std::optional<DocumentFile>> find_file(db::Session& session, KycDocumentId id) const;
    // Current ones after `after`, oldest first.
    Task<std::vector<DocumentFile>> list_files(db::Session& session, ListDocuments wanted, KycDocumentId after,
                                               std::int64_t limit) const;

    // Decided at `decided_by_then` or before, and still with a picture.
    Task<std::vector<DueDocument>> find_purgeable(db::Session& session, Instant decided_by_then, DueDocument last,
                                                  std::int64_t limit) const;
    // The picture that it named; none if there is nothing to purge any more.
    Task<std::optional<PictureId>> purge(db::Transaction& tx, KycDocumentId id, Instant decided_by_then) const;

    // Approved, valid on `today`, and ending by `last_day`; neither reminded of nor being renewed.
    Task<std::vector<DueDocument>> find_ending(db::Session& session, LocalDate today, LocalDate last_day,
                                               DueDocument last, std::int64_t limit) const;
    // Whose it is; none if it was reminded of before, or replaced.
    Task<std::optional<UserId>> note_reminder(db::Session& session, KycDocumentId id, Instant now) const;
};

}  // namespace safargo::kyc
