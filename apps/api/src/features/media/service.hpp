// How other features use what people have uploaded. They name pictures by their ids and never touch an object or a row
// of this feature.
//
//   auto photo = co_await media::claim(tx, caller.id, wanted.upload_id, media::Purpose::kyc_document, now);
//   if (!photo) co_return std::unexpected(std::move(photo.error()));
//   … keep photo->id in a row of one's own, in the same transaction …
//   co_await media::discard(tx, {id}, now);                               // when the row no longer names it
//   auto url = co_await documents.sign(id, std::chrono::seconds{60});     // outside a transaction
#pragma once

#include "contract/picture.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"
#include "features/media/types.hpp"
#include "ports/object_store.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace safargo::media {

// Takes a finished upload for good: from now on it stays until it is discarded; unclaimed ones are removed after a day.
// Fails with
//   validation_failed naming `upload_id` if the person has no such upload, or it has another purpose;
//   upload_incomplete until POST /uploads/{id}/finish has succeeded;
//   upload_expired if that did not happen in time, or the picture was not claimed in time;
//   upload_used if it has been claimed before.
// Comes after the locks of the row that will name the picture.
Task<Result<ClaimedPicture>> claim(db::Transaction& tx, UserId owner, UploadId upload, Purpose purpose, Instant now);

// The pictures are no longer named by any row of the caller. Their objects are removed after the commit, at least once
// and before their rows; until then a private one can still be signed. Unknown ids are ignored.
Task<void> discard(db::Transaction& tx, std::vector<PictureId> pictures, Instant now);

// Where answers say public pictures are. `store` may be null: not configured.
contract::PictureLinks picture_links(const ObjectStore* store);

// Short-lived reading of private pictures. Whoever asks has authorised and recorded the reading.
class PrivatePictures {
public:
    // `store` may be null: not configured.
    PrivatePictures(ObjectStore* store, const Clock& clock) : store_(store), clock_(clock) {}

    // feature_unavailable without a store. The id is not looked up: it comes from a row of the caller's own. Throws
    // DependencyUnavailable.
    Task<Result<std::string>> sign(PictureId document, std::chrono::seconds valid_for) const;

private:
    ObjectStore* store_;
    const Clock& clock_;
};

}  // namespace safargo::media
