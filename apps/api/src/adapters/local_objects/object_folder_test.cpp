#include "adapters/local_objects/object_folder.hpp"

#include "core/failures.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

namespace safargo::local_objects {
namespace {

namespace fs = std::filesystem;

class ObjectFolderTest : public ::testing::Test {
protected:
    void TearDown() override { fs::remove_all(root); }

    std::size_t files() const {
        if (!fs::exists(root)) return 0;
        const auto is_file = [](const fs::directory_entry& entry) { return entry.is_regular_file(); };
        return static_cast<std::size_t>(
            std::ranges::count_if(fs::recursive_directory_iterator(root), fs::recursive_directory_iterator(), is_file));
    }
    NewObject object(std::string key, std::string body) {
        return {.name = {.bucket = Bucket::uploads, .key = std::move(key)},
                .body = std::move(body),
                .content_type = "text/plain",
                .cache_control = "public, max-age=1"};
    }

    fs::path root = fs::path(::testing::TempDir()) / ("safargo-objects-" + std::to_string(::getpid()));
    ObjectFolder folder{root};
};

TEST_F(ObjectFolderTest, KeepsBytesAndTheirType) {
    const std::string body("1\n\0\r\n2", 6);
    folder.write(object("a/é", body));
    const auto read = folder.read({.bucket = Bucket::uploads, .key = "a/é"});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->body, body);
    EXPECT_EQ(read->facts.bytes, 6U);
    EXPECT_EQ(read->facts.content_type, "text/plain");
    EXPECT_EQ(read->cache_control, "public, max-age=1");
    EXPECT_EQ(folder.find({.bucket = Bucket::uploads, .key = "a/é"})->etag, read->facts.etag);
}

TEST_F(ObjectFolderTest, KnowsNothingElse) {
    EXPECT_FALSE(folder.read({.bucket = Bucket::uploads, .key = "a"}));
    folder.write(object("a", "1"));
    EXPECT_FALSE(folder.find({.bucket = Bucket::places, .key = "a"}));
    EXPECT_FALSE(folder.find({.bucket = Bucket::uploads, .key = "A"}));
    folder.remove({.bucket = Bucket::uploads, .key = "b"});
    folder.remove({.bucket = Bucket::uploads, .key = "a"});
    EXPECT_FALSE(folder.find({.bucket = Bucket::uploads, .key = "a"}));
    EXPECT_EQ(files(), 0U);
}

TEST_F(ObjectFolderTest, HoldsAKeyAndOthersBelowIt) {
    folder.write(object("a", "1"));
    folder.write(object("a/b", "2"));
    EXPECT_EQ(folder.read({.bucket = Bucket::uploads, .key = "a"})->body, "1");
    EXPECT_EQ(folder.read({.bucket = Bucket::uploads, .key = "a/b"})->body, "2");
}

TEST_F(ObjectFolderTest, IsNotLeftByAnyKey) {
    folder.write(object("../../../escaped", "1"));
    folder.write(object("/tmp/escaped", "2"));
    folder.write(object(std::string(500, 'k'), "3"));
    EXPECT_EQ(files(), 3U);
    EXPECT_FALSE(fs::exists(root.parent_path() / "escaped"));
}

TEST_F(ObjectFolderTest, ShowsReadersAWholeObject) {
    const std::string one(300'000, '1'), two(200'000, '2');
    folder.write(object("a", one));
    std::atomic<bool> done = false;
    std::jthread writer([&] {
        for (int i = 0; i < 50; ++i) folder.write(object("a", i % 2 == 0 ? two : one));
        done = true;
    });
    while (!done) {
        const std::string read = folder.read({.bucket = Bucket::uploads, .key = "a"})->body;
        EXPECT_TRUE(read == one || read == two) << read.size();
    }
    writer.join();
    EXPECT_EQ(files(), 1U) << "no half-written ones stay";
}

TEST_F(ObjectFolderTest, FailsIfItCannotBeUsed) {
    std::ofstream(root) << "a file";
    EXPECT_THROW(folder.write(object("a", "1")), DependencyUnavailable);
}

TEST_F(ObjectFolderTest, NoticesDamage) {
    folder.write(object("a", "12345"));
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) fs::resize_file(entry.path(), entry.file_size() - 1);
    }
    EXPECT_THROW(folder.read({.bucket = Bucket::uploads, .key = "a"}), DependencyUnavailable);
}

}  // namespace
}  // namespace safargo::local_objects
