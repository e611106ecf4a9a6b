// What the days bring: pictures are discarded a month after the decision, and people are told of documents that end.
#pragma once

#include "db/database.hpp"
#include "features/kyc/repository.hpp"

namespace safargo::kyc {

class Deadlines {
public:
    explicit Deadlines(db::Database& database) : database_(database) {}

    // Pictures of documents that were decided 30 days ago; the rows stay. Returns how many.
    Task<int> purge_pictures(Instant now);
    // Once per document, two weeks before its last day. Returns how many.
    Task<int> remind(Instant now);

private:
    Task<Result<bool>> purge_one(db::Transaction& tx, KycDocumentId id, Instant now);
    Task<Result<bool>> remind_one(db::Transaction& tx, KycDocumentId id, Instant now);

    db::Database& database_;
    DocumentRepository rows_;
};

}  // namespace safargo::kyc
