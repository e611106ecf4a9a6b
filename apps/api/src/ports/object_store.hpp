// Files: pictures, documents. S3 in production, a folder in development.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace safargo {

// The guide's buckets; their names are configuration.
enum class Bucket { uploads, places, backups, logs };
BOOST_DESCRIBE_ENUM(Bucket, uploads, places, backups, logs)

struct ObjectName {
    Bucket bucket = Bucket::uploads;
    std::string key;  // "public/pictures/0193….webp": UTF-8, no leading '/'

    bool operator==(const ObjectName&) const = default;
};

// What a client may upload by itself, within `valid_for`.
struct UploadPermit {
    ObjectName object;
    std::string content_type;  // must be sent exactly so
    std::uint64_t min_bytes = 1, max_bytes = 0;
    std::chrono::seconds valid_for{600};
};

// A multipart/form-data POST to `url` with these fields, then the field `file`.
struct UploadForm {
    std::string url;
    std::vector<std::pair<std::string, std::string>> fields;
    Instant expires_at{};
};

struct StoredObject {
    std::uint64_t bytes = 0;
    std::string content_type;
    std::string etag;
};

struct NewObject {
    ObjectName name;
    std::string body;
    std::string content_type;
    std::string cache_control{};  // "" for private, no-store
};

// Belongs to one thread. Operations throw DependencyUnavailable or DeadlineExceeded; repeating one is safe.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    virtual Task<UploadForm> permit_upload(UploadPermit permit, Instant now) = 0;
    virtual Task<std::optional<StoredObject>> find(ObjectName name) = 0;
    // nullopt: there is none. Throws DependencyUnavailable for one larger than `max_bytes`.
    virtual Task<std::optional<std::string>> read(ObjectName name, std::uint64_t max_bytes) = 0;
    virtual Task<void> write(NewObject object) = 0;  // replaces an older one
    virtual Task<void> remove(ObjectName name) = 0;  // also if there is none
    // A URL by which anyone may read it until then, or until the store's own credentials end.
    virtual Task<std::string> signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) = 0;
    // The permanent address of an object under the prefix "public/", without a round trip. It ends with the key.
    virtual std::string public_url(const ObjectName& name) const = 0;
};

}  // namespace safargo
