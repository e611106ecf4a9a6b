#include "features/media/objects.hpp"

#include "features/media/service.hpp"

namespace safargo::media {
namespace {

// Public ones are served from "public/"; nothing else is.
constexpr std::string_view originals = "uploads/", pictures = "public/pictures/", documents = "private/documents/";

Bucket bucket_of(Purpose purpose) {
    return purpose == Purpose::place_photo ? Bucket::places : Bucket::uploads;
}

std::string start_of_addresses(const ObjectStore& store, Bucket bucket) {
    return store.public_url({bucket, std::string(pictures)});
}

}  // namespace

ObjectName original_of(UploadId upload) {
    return {Bucket::uploads, std::string(originals) + upload.str()};
}

std::vector<ObjectName> objects_of(PictureId picture, Purpose purpose) {
    if (is_private(purpose)) return {{Bucket::uploads, std::string(documents) + picture.str() + ".webp"}};
    std::vector<ObjectName> names;
    for (const std::string_view size : {"small", "medium", "large"}) {
        names.push_back(
            {bucket_of(purpose), std::string(pictures) + picture.str() + '/' + std::string(size) + ".webp"});
    }
    return names;
}

contract::PictureLinks picture_links(const ObjectStore* store) {
    if (store == nullptr) return {};
    return {.people = start_of_addresses(*store, Bucket::uploads),
            .places = start_of_addresses(*store, Bucket::places)};
}

}  // namespace safargo::media
