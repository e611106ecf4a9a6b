#include "features/places/gallery.hpp"

#include "contract/json.hpp"
#include "features/admin/service.hpp"
#include "features/media/service.hpp"

#include <algorithm>

namespace safargo::places {
namespace {

constexpr std::size_t most_photos = 20;

std::unexpected<Error> too_many_photos() {
    return fail(
        Error{.code = Code::too_many_photos, .reason = Violation{Rule::most_photos, std::to_string(most_photos)}});
}

struct Change {
    PictureId picture_id;
    std::int64_t photos;  // after it
};
BOOST_DESCRIBE_STRUCT(Change, (), (picture_id, photos))

}  // namespace

Task<Result<PlaceView>> PlaceGallery::add(db::Transaction& tx, Caller caller, PlaceSlug slug, media::UseUpload wanted,
                                          Language language) {
    auto place = co_await rows_.lock_photos(tx, slug.str());
    if (!place) co_return fail(Code::not_found);
    if (std::ranges::count(place->photos, PictureId{wanted.upload_id.value}) == 0) {
        if (place->photos.size() >= most_photos) co_return too_many_photos();
        const auto photo =
            co_await media::claim(tx, caller.id, wanted.upload_id, media::Purpose::place_photo, clock_.now());
        if (!photo) co_return std::unexpected(photo.error());
        place->photos.push_back(photo->id);
        co_await save(tx, caller, std::move(*place), "place.photo_added", photo->id);
    }
    auto shown = co_await rows_.find(tx, slug.str(), language);
    co_return std::move(shown.value());
}

Task<Result<Nothing>> PlaceGallery::remove(db::Transaction& tx, Caller caller, PlacePhoto photo) {
    auto place = co_await rows_.lock_photos(tx, photo.slug.str());
    if (!place || std::erase(place->photos, photo.picture_id) == 0) co_return fail(Code::not_found);
    co_await save(tx, caller, std::move(*place), "place.photo_removed", photo.picture_id);
    co_await media::discard(tx, {photo.picture_id}, clock_.now());
    co_return Nothing{};
}

Task<void> PlaceGallery::save(db::Transaction& tx, Caller caller, PlaceRepository::Photos place, std::string action,
                              PictureId picture) {
    const PlaceId id = place.id;
    const auto photos = static_cast<std::int64_t>(place.photos.size());
    co_await rows_.set_photos(tx, id, std::move(place.photos));
    co_await admin::audit(tx,
                          {.actor = caller.id.str(),
                           .action = std::move(action),
                           .subject = id.str(),
                           .detail = contract::to_json(Change{picture, photos})},
                          clock_.now());
}

}  // namespace safargo::places
