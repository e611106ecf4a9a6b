// Objects in S3, or in a server that speaks its protocol.
#pragma once

#include "adapters/s3/addresses.hpp"
#include "adapters/s3/calls.hpp"
#include "ports/object_store.hpp"

#include <cstddef>
#include <string>

namespace safargo::s3 {

struct BucketNames {
    std::string uploads = "safargo-uploads", places = "safargo-places", backups = "safargo-backups",
                logs = "safargo-logs";

    const std::string& of(Bucket bucket) const;
};

struct StoreOptions {
    std::string region;
    std::string endpoint{};  // "" for AWS itself
    BucketNames buckets{};
    std::string assets_url{};  // origin of public objects; "" for the bucket's own address
    bool encrypted = true;     // asks S3 to encrypt each object (AES256)
    std::size_t parts_from = std::size_t{16} << 20;
    std::size_t part_bytes = std::size_t{8} << 20;
};

// Beyond the port's contract: the role needs s3:ListBucket on the buckets. Without it S3 answers 403 for an object that
// does not exist, which counts as a failure here. What is signed with temporary credentials ends with them and says
// so; they are renewed a quarter of an hour earlier, so that longer promises need keys of one's own.
class S3ObjectStore final : public ObjectStore {
public:
    // All outlive it.
    S3ObjectStore(net::Client& client, CredentialCache& credentials, const Clock& clock, Presence& presence,
                  StoreOptions options);

    // Not while S3 gives no answer: the client would wait as long for nothing.
    Task<UploadForm> permit_upload(UploadPermit permit, Instant now) override;
    Task<std::optional<StoredObject>> find(ObjectName name) override;
    Task<std::optional<std::string>> read(ObjectName name, std::uint64_t max_bytes) override;
    Task<void> write(NewObject object) override;
    Task<void> remove(ObjectName name) override;
    // For private objects the answer is a download that no cache keeps, whatever it contains.
    Task<std::string> signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) override;
    std::string public_url(const ObjectName& name) const override;

    // Whether the bucket is there and ours to use; throws if not. Ends the time in which S3 is gone.
    Task<void> reach(Bucket bucket);

private:
    Target object(std::string method, const ObjectName& name) const;
    net::Headers headers_of(const NewObject& object) const;

    Calls calls_;
    StoreOptions options_;
    Addresses addresses_;
};

}  // namespace safargo::s3
