#include "features/media/objects.hpp"

#include "features/media/service.hpp"

#include <stdexcept>

namespace safargo::media {
namespace {

constexpr std::string_view originals = "uploads/", documents = "private/documents/";

// Served under "public/", those of places in a bucket and under a name of their own: one origin may stand before both.
struct Shelf {
    Bucket bucket;
    std::string_view keys;
};
constexpr Shelf of_people{Bucket::uploads, "public/pictures/"}, of_places{Bucket::places, "public/places/"};

const Shelf& shelf_of(Purpose purpose) {
    return purpose == Purpose::place_photo ? of_places : of_people;
}

// Every address ends with the key of its object.
std::string start_of_addresses(const ObjectStore& store, const Shelf& shelf) {
    constexpr std::string_view any = "any";
    std::string address = store.public_url({shelf.bucket, std::string(shelf.keys) + std::string(any)});
    if (!address.ends_with(any)) throw std::logic_error("the address of a public object does not end with its key");
    address.resize(address.size() - any.size());
    return address;
}

}  // namespace

ObjectName original_of(UploadId upload) {
    return {Bucket::uploads, std::string(originals) + upload.str()};
}

std::vector<ObjectName> objects_of(PictureId picture, Purpose purpose) {
    if (is_private(purpose)) return {{Bucket::uploads, std::string(documents) + picture.str() + ".webp"}};
    const Shelf& shelf = shelf_of(purpose);
    std::vector<ObjectName> names;
    for (const std::string_view size : {"small", "medium", "large"}) {
        names.push_back({shelf.bucket, std::string(shelf.keys) + picture.str() + '/' + std::string(size) + ".webp"});
    }
    return names;
}

contract::PictureLinks picture_links(const ObjectStore* store) {
    if (store == nullptr) return {};
    return {.people = start_of_addresses(*store, of_people), .places = start_of_addresses(*store, of_places)};
}

}  // namespace safargo::media
