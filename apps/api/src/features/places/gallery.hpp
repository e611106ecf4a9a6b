// The photos of places, which moderators choose. Every change is audited.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/transaction.hpp"
#include "features/media/types.hpp"
#include "features/places/repository.hpp"
#include "features/places/types.hpp"

namespace safargo::places {

// DELETE /admin/places/{slug}/photos/{picture_id}
struct PlacePhoto {
    PlaceSlug slug;
    PictureId picture_id;
};
BOOST_DESCRIBE_STRUCT(PlacePhoto, (), (slug, picture_id))

class PlaceGallery {
public:
    explicit PlaceGallery(const Clock& clock) : clock_(clock) {}

    // Behind the others; the same upload again changes nothing. Fails as media::claim does, and with too_many_photos.
    // The route has authorised the caller.
    Task<Result<PlaceView>> add(db::Transaction& tx, Caller caller, PlaceSlug slug, media::UseUpload wanted,
                                Language language);
    Task<Result<Nothing>> remove(db::Transaction& tx, Caller caller, PlacePhoto photo);

private:
    Task<void> save(db::Transaction& tx, Caller caller, PlaceRepository::Photos place, std::string action,
                    PictureId picture);

    const Clock& clock_;
    PlaceRepository rows_;
};

}  // namespace safargo::places
