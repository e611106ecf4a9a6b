// An object store in memory that keeps to its contract: permits are enforced as a real server does.
#pragma once

#include "ports/object_store.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::testing {

class MemoryObjectStore final : public ObjectStore {
public:
    Task<UploadForm> permit_upload(UploadPermit permit, Instant now) override;
    Task<std::optional<StoredObject>> find(ObjectName name) override;
    Task<std::optional<std::string>> read(ObjectName name, std::uint64_t max_bytes) override;
    Task<void> write(NewObject object) override;
    Task<void> remove(ObjectName name) override;
    Task<std::string> signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) override;
    std::string public_url(const ObjectName& name) const override;

    // A browser that sends the file with the form: the status of the answer. 403 for a form that is not genuine or has
    // expired, 400 for a file that the permit does not cover.
    int post(const std::vector<std::pair<std::string, std::string>>& fields, std::string file, Instant now);

    const NewObject* look(const ObjectName& name) const;  // null: there is none
    std::vector<std::string> keys() const;                // of all buckets, sorted
    void put(NewObject object);

    // Called before every operation with its name ("find", "read", …); may throw, or wait.
    std::function<Task<void>(std::string_view operation)> before;

private:
    Task<void> begin(std::string_view operation);

    struct Less {
        bool operator()(const ObjectName& a, const ObjectName& b) const {
            return std::pair(a.bucket, std::string_view(a.key)) < std::pair(b.bucket, std::string_view(b.key));
        }
    };
    struct Permitted {
        UploadPermit permit;
        Instant expires_at;
    };

    std::map<ObjectName, NewObject, Less> objects_;
    std::map<std::string, Permitted> permits_;  // by their policy
};

}  // namespace safargo::testing
