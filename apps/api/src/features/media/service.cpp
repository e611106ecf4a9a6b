#include "features/media/service.hpp"

#include "contract/json.hpp"
#include "db/outbox.hpp"
#include "features/media/events.hpp"
#include "features/media/objects.hpp"
#include "features/media/picture_rows.hpp"

namespace safargo::media {

Task<Result<ClaimedPicture>> claim(db::Transaction& tx, UserId owner, UploadId upload, Purpose purpose, Instant now) {
    const PictureRows rows;
    auto claimed = co_await rows.claim(tx, picture_of(upload), owner, purpose, now);
    if (!claimed) co_return fail(co_await rows.refuse_claim(tx, upload, owner, purpose));
    co_return *claimed;
}

Task<void> discard(db::Transaction& tx, std::vector<PictureId> pictures, Instant now) {
    if (pictures.empty()) co_return;
    for (const PictureId picture : co_await PictureRows().discard(tx, std::move(pictures), now)) {
        db::publish(
            tx, picture_discarded,
            {.ordering_key = "picture:" + picture.str(), .payload = contract::to_json(PictureDiscarded{picture})}, now,
            now);
    }
}

Task<Result<std::string>> PrivatePictures::sign(PictureId document, std::chrono::seconds valid_for) const {
    if (store_ == nullptr) co_return fail(Code::feature_unavailable);
    co_return co_await store_->signed_url(objects_of(document, Purpose::kyc_document).front(), valid_for, clock_.now());
}

}  // namespace safargo::media
