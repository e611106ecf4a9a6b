// The object store for development: a folder, with URLs and forms that this process signs and serves itself
// (routes.hpp) and that behave as S3's do.
#pragma once

#include "adapters/local_objects/links.hpp"
#include "adapters/local_objects/object_folder.hpp"
#include "core/clock.hpp"

#include <filesystem>
#include <string>

namespace safargo::local_objects {

class LocalObjectStore final : public ObjectStore {
public:
    // `origin`: where this service's development routes are reached by browsers. `clock` outlives it.
    LocalObjectStore(std::filesystem::path folder, const crypto::KeyRing& keys, std::string origin, const Clock& clock)
        : folder_(std::move(folder)), links_(keys, std::move(origin)), clock_(clock) {}

    Task<UploadForm> permit_upload(UploadPermit permit, Instant now) override;
    Task<std::optional<StoredObject>> find(ObjectName name) override;
    Task<std::optional<std::string>> read(ObjectName name, std::uint64_t max_bytes) override;
    Task<void> write(NewObject object) override;
    Task<void> remove(ObjectName name) override;
    Task<std::string> signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) override;
    std::string public_url(const ObjectName& name) const override;

    // For the routes.
    const ObjectFolder& folder() const { return folder_; }
    const Links& links() const { return links_; }
    Instant now() const { return clock_.now(); }

private:
    ObjectFolder folder_;
    Links links_;
    const Clock& clock_;
};

}  // namespace safargo::local_objects
