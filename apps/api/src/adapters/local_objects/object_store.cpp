#include "adapters/local_objects/object_store.hpp"

#include "core/failures.hpp"
#include "ports/object_key.hpp"

#include <stdexcept>

namespace safargo::local_objects {

Task<UploadForm> LocalObjectStore::permit_upload(UploadPermit permit, Instant now) {
    co_return links_.form(permit, now);
}

Task<std::optional<StoredObject>> LocalObjectStore::find(ObjectName name) {
    require_object_key(name.key);
    co_return folder_.find(name);
}

Task<std::optional<std::string>> LocalObjectStore::read(ObjectName name, std::uint64_t max_bytes) {
    require_object_key(name.key);
    auto object = folder_.read(name);
    if (!object) co_return std::nullopt;
    if (object->body.size() > max_bytes) throw DependencyUnavailable("objects", "an object is larger than expected");
    co_return std::move(object->body);
}

Task<void> LocalObjectStore::write(NewObject object) {
    require_object_key(object.name.key);
    folder_.write(object);
    co_return;
}

Task<void> LocalObjectStore::remove(ObjectName name) {
    require_object_key(name.key);
    folder_.remove(name);
    co_return;
}

Task<std::string> LocalObjectStore::signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) {
    constexpr std::chrono::seconds longest{604'800};  // S3's
    if (valid_for < std::chrono::seconds{1} || valid_for > longest) {
        throw std::invalid_argument("a signed URL is valid for one second to seven days");
    }
    co_return links_.signed_url(name, now + valid_for);
}

std::string LocalObjectStore::public_url(const ObjectName& name) const {
    return links_.public_url(name);
}

}  // namespace safargo::local_objects
