#include "testing/memory_object_store.hpp"

#include "core/enum_names.hpp"
#include "core/failures.hpp"
#include "ports/object_key.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::testing {
namespace {

std::string address_of(const ObjectName& name) {
    return "https://" + std::string(enum_name(name.bucket)) + ".example.dz/" + name.key;
}

std::string field(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? "" : found->second;
}

}  // namespace

Task<void> MemoryObjectStore::begin(std::string_view operation) {
    if (before) co_await before(operation);
}

Task<UploadForm> MemoryObjectStore::permit_upload(UploadPermit permit, Instant now) {
    co_await begin("permit");
    require_object_key(permit.object.key);
    const std::string policy = "policy-" + std::to_string(permits_.size());
    UploadForm form{.url = "https://" + std::string(enum_name(permit.object.bucket)) + ".example.dz/",
                    .fields = {{"key", permit.object.key}, {"Content-Type", permit.content_type}, {"policy", policy}},
                    .expires_at = now + permit.valid_for};
    permits_.insert_or_assign(policy, Permitted{std::move(permit), form.expires_at});
    co_return form;
}

int MemoryObjectStore::post(const std::vector<std::pair<std::string, std::string>>& fields, std::string file,
                            Instant now) {
    const auto permitted = permits_.find(field(fields, "policy"));
    if (permitted == permits_.end() || now >= permitted->second.expires_at) return 403;
    const UploadPermit& permit = permitted->second.permit;
    const std::string type = field(fields, "Content-Type");
    if (field(fields, "key") != permit.object.key || type != permit.content_type) return 403;
    if (file.size() < permit.min_bytes || file.size() > permit.max_bytes) return 400;
    put({.name = permit.object, .body = std::move(file), .content_type = type});
    return 204;
}

Task<std::optional<StoredObject>> MemoryObjectStore::find(ObjectName name) {
    co_await begin("find");
    const NewObject* object = look(name);
    if (object == nullptr) co_return std::nullopt;
    co_return StoredObject{.bytes = object->body.size(), .content_type = object->content_type, .etag = "\"1\""};
}

Task<std::optional<std::string>> MemoryObjectStore::read(ObjectName name, std::uint64_t max_bytes) {
    co_await begin("read");
    const NewObject* object = look(name);
    if (object == nullptr) co_return std::nullopt;
    if (object->body.size() > max_bytes) throw DependencyUnavailable("objects", "too large");
    co_return object->body;
}

Task<void> MemoryObjectStore::write(NewObject object) {
    co_await begin("write");
    put(std::move(object));
}

Task<void> MemoryObjectStore::remove(ObjectName name) {
    co_await begin("remove");
    objects_.erase(name);
}

Task<std::string> MemoryObjectStore::signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) {
    co_await begin("sign");
    co_return address_of(name) + "?until=" + format_instant(now + valid_for);
}

std::string MemoryObjectStore::public_url(const ObjectName& name) const {
    if (!is_public(name.key)) throw std::invalid_argument("not a public object");
    return address_of(name);
}

const NewObject* MemoryObjectStore::look(const ObjectName& name) const {
    const auto found = objects_.find(name);
    return found == objects_.end() ? nullptr : &found->second;
}

std::vector<std::string> MemoryObjectStore::keys() const {
    std::vector<std::string> keys;
    for (const auto& [name, object] : objects_) keys.push_back(name.key);
    std::ranges::sort(keys);
    return keys;
}

void MemoryObjectStore::put(NewObject object) {
    require_object_key(object.name.key);
    ObjectName name = object.name;
    objects_.insert_or_assign(std::move(name), std::move(object));
}

}  // namespace safargo::testing
