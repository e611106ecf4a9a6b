// What people do with their own documents.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/kyc/repository.hpp"

namespace safargo::kyc {

class OwnDocuments {
public:
    OwnDocuments(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    // Takes a finished upload for a document that a moderator is to read. It takes the place of one of its type that
    // waits or was rejected; an approved one stays valid until a moderator has approved this one.
    // validation_failed naming `expires_on` (rules.hpp); document_under_review while a moderator reads the one before;
    // too_many_documents; and as media::claim does. Lock order: the person's profile, their documents, the picture.
    Task<Result<DocumentView>> send(db::Transaction& tx, Caller caller, SendDocument wanted);

    // All that are current, and what is still missing.
    Task<Result<MyDocuments>> list(Caller caller);

private:
    Task<Result<Nothing>> make_room(db::Transaction& tx, UserId user, DocumentType type, Instant now);

    db::Database& database_;
    const Clock& clock_;
    DocumentRepository rows_;
};

}  // namespace safargo::kyc
