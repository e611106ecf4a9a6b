// What moderators do: they read a document, which begins its review, and decide once. Each reading and each decision is
// recorded for good. Nobody reviews their own documents.
#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/kyc/events.hpp"
#include "features/kyc/repository.hpp"
#include "features/media/service.hpp"

#include <string>

namespace safargo::kyc {

class Reviewing {
public:
    Reviewing(db::Database& database, const Clock& clock, const media::PrivatePictures& pictures,
              const api::CursorSigner& cursors)
        : database_(database), clock_(clock), pictures_(pictures), cursors_(cursors) {}

    Task<Result<DocumentPage>> list(Caller caller, ListDocuments wanted);
    Task<Result<DocumentFile>> show(Caller caller, KycDocumentId id);

    // An address that is valid for a minute. The reading is committed to the audit log before it is signed; the first
    // one moves the document to under_review. picture_purged; feature_unavailable without a store. Throws
    // DependencyUnavailable.
    Task<Result<SignedPicture>> read(Caller caller, KycDocumentId id, std::string client_ip);

    // document_unread before anybody has read it; already_decided; document_expired if it has ended meanwhile;
    // validation_failed naming `gender`. What the person's documents now prove is written to their account. Lock order:
    // the person's profile, then their documents.
    Task<Result<DocumentFile>> approve(db::Transaction& tx, Caller caller, KycDocumentId id, ApproveDocument wanted);
    // The same refusals; validation_failed naming `note` if the reason is `other` and there is none.
    Task<Result<DocumentFile>> reject(db::Transaction& tx, Caller caller, KycDocumentId id, RejectDocument wanted);

private:
    Task<Result<PictureId>> begin_reading(db::Transaction& tx, Caller caller, KycDocumentId id, std::string client_ip);
    Task<Result<Document>> lock_to_decide(db::Transaction& tx, Caller caller, KycDocumentId id);
    Task<void> retire_predecessor(db::Transaction& tx, const Document& approved, Instant now);
    Task<DocumentNews> credit(db::Transaction& tx, UserId user, Instant now);
    Task<Result<DocumentFile>> conclude(db::Transaction& tx, DocumentStatus before, Document decided,
                                        DocumentNews what);

    db::Database& database_;
    const Clock& clock_;
    const media::PrivatePictures& pictures_;
    const api::CursorSigner& cursors_;
    DocumentRepository rows_;
};

}  // namespace safargo::kyc
