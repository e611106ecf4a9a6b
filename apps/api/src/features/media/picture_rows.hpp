// Rows of `pictures`. SQL only.
#pragma once

#include "db/transaction.hpp"
#include "features/media/types.hpp"

#include <optional>
#include <vector>

namespace safargo::media {

struct NewPicture {
    PictureId id{};
    UserId owner{};
    Purpose purpose = Purpose::profile_photo;
    std::int64_t width = 0, height = 0;
};

struct StoredPicture {
    PictureId id{};
    Purpose purpose = Purpose::profile_photo;
};

class PictureRows {
public:
    Task<void> insert(db::Session& session, NewPicture picture, Instant now) const;

    Task<std::optional<ClaimedPicture>> claim(db::Session& session, PictureId id, UserId owner, Purpose purpose,
                                              Instant now) const;
    // Why it could not be claimed.
    Task<Error> refuse_claim(db::Session& session, UploadId id, UserId owner, Purpose purpose) const;

    // Those that were not discarded before.
    Task<std::vector<PictureId>> discard(db::Session& session, std::vector<PictureId> pictures, Instant now) const;
    // Made before `before`, and claimed by nobody.
    Task<void> discard_unclaimed(db::Session& session, Instant before, Instant now) const;

    Task<std::optional<StoredPicture>> find_discarded(db::Session& session, PictureId id) const;
    // Discarded before `before`, in the order of their ids, those after `after`.
    Task<std::vector<StoredPicture>> list_discarded(db::Session& session, Instant before, PictureId after,
                                                    std::int64_t limit) const;
    // Once its objects are removed.
    Task<void> remove(db::Session& session, PictureId id) const;
};

}  // namespace safargo::media
