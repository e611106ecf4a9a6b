#include "adapters/s3/radosgw_world_test.hpp"
#include "ports/object_store_suite_test.hpp"

#include <gtest/gtest.h>

namespace safargo::testing {
namespace {

class RadosgwWorld final : public ObjectStoreWorld {
public:
    RadosgwWorld(const s3::StoreOptions& options, const s3::CredentialsOptions& keys) : parts_(options, keys) {}
    ObjectStore& store() override { return parts_.store; }

private:
    s3::RadosgwStore parts_;
};

std::string missing() {
    return s3_server() == nullptr ? why_no_s3_server() : std::string();
}

std::unique_ptr<ObjectStoreWorld> with_own_keys() {
    return std::make_unique<RadosgwWorld>(s3::options_of(*s3_server()), s3::keys_of(*s3_server()));
}

std::unique_ptr<ObjectStoreWorld> with_temporary_keys() {
    static const s3::TemporaryKeys temporary;
    return std::make_unique<RadosgwWorld>(temporary.options(), temporary.keys);
}

INSTANTIATE_TEST_SUITE_P(S3, ObjectStoreSuite,
                         ::testing::Values(ObjectStoreAdapter{"own_keys", missing, with_own_keys},
                                           ObjectStoreAdapter{"temporary_keys", missing, with_temporary_keys}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace safargo::testing
