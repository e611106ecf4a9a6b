#include "adapters/s3/radosgw_world_test.hpp"
#include "ports/object_store_suite_test.hpp"

#include <gtest/gtest.h>

namespace safargo::testing {
namespace {

class RadosgwWorld final : public ObjectStoreWorld {
public:
    ObjectStore& store() override { return parts_.store; }

private:
    s3::RadosgwStore parts_{s3::options_of(*s3_server()), s3::keys_of(*s3_server())};
};

std::string missing() {
    return s3_server() == nullptr ? why_no_s3_server() : std::string();
}

INSTANTIATE_TEST_SUITE_P(S3, ObjectStoreSuite,
                         ::testing::Values(ObjectStoreAdapter{.name = "radosgw",
                                                              .missing = missing,
                                                              .make = [] { return std::make_unique<RadosgwWorld>(); }}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace safargo::testing
