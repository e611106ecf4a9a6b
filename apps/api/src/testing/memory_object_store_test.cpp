#include "testing/memory_object_store.hpp"

#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>

namespace safargo::testing {
namespace {

using ::testing::ElementsAre;

class MemoryObjectStoreTest : public ::testing::Test {
protected:
    const Instant now = parse_instant("2026-12-01T08:00:00Z").value();
    const ObjectName name{Bucket::uploads, "uploads/1"};
    MemoryObjectStore store;
    UploadForm form =
        run(store.permit_upload({.object = name, .content_type = "image/png", .min_bytes = 3, .max_bytes = 3}, now));
};

TEST_F(MemoryObjectStoreTest, StoresWhatAPermitCovers) {
    EXPECT_EQ(store.post(form.fields, "abc", now), 204);
    EXPECT_EQ(run(store.find(name))->content_type, "image/png");
    EXPECT_EQ(run(store.read(name, 3)), "abc");
    EXPECT_THROW(run(store.read(name, 2)), DependencyUnavailable);
    EXPECT_THAT(store.keys(), ElementsAre("uploads/1"));
    run(store.remove(name));
    run(store.remove(name));
    EXPECT_EQ(run(store.find(name)), std::nullopt);
    EXPECT_EQ(run(store.read(name, 3)), std::nullopt);
}

TEST_F(MemoryObjectStoreTest, StoresNothingElse) {
    EXPECT_EQ(store.post(form.fields, "ab", now), 400);
    EXPECT_EQ(store.post(form.fields, "abcd", now), 400);
    EXPECT_EQ(store.post(form.fields, "abc", form.expires_at), 403);
    for (const auto& [field, value] : {std::pair{0, "uploads/2"}, {1, "image/jpeg"}, {2, "forged"}}) {
        UploadForm other = form;
        other.fields[static_cast<std::size_t>(field)].second = value;
        EXPECT_EQ(store.post(other.fields, "abc", now), 403) << value;
    }
    EXPECT_THAT(store.keys(), ElementsAre());
}

}  // namespace
}  // namespace safargo::testing
