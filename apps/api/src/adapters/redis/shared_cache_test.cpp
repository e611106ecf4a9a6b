#include "adapters/redis/shared_cache.hpp"

#include "adapters/redis/guard_world_test.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using Mode = ModelCommands::Mode;

class SharedCacheTest : public ::testing::Test {
protected:
    void store(std::int64_t version, std::string value) {
        testing::run(cache.store("places", {version, std::move(value)}, 60s));
    }
    std::string found() {
        const auto value = testing::run(cache.find("places"));
        return value ? std::to_string(value->version) + ":" + value->value : "nothing";
    }

    FakeClock clock{*parse_instant("2026-12-03T07:00:00Z")};
    ModelRedis redis{clock};
    Standing standing;
    GuardedModel model{redis, standing};
    SharedCache cache{model.guard};
};

TEST_F(SharedCacheTest, FindsWhatWasStored) {
    EXPECT_EQ(found(), "nothing");
    store(3, std::string("a\0b\r\n", 5));
    EXPECT_EQ(found(), "3:" + std::string("a\0b\r\n", 5));
}

TEST_F(SharedCacheTest, AnOlderVersionNeverReplacesANewerOne) {
    store(10, "new");
    store(9, "late");
    EXPECT_EQ(found(), "10:new");
    store(10, "again");
    EXPECT_EQ(found(), "10:again");
    store(std::numeric_limits<std::int64_t>::max(), "newest");
    EXPECT_EQ(found(), "9223372036854775807:newest");
}

TEST_F(SharedCacheTest, KeepsNothingThatIsTooLargeOrHasNoVersionOrNoTime) {
    store(1, std::string(SharedCache::largest + 1, 'x'));
    store(-1, "x");
    testing::run(cache.store("places", {1, "x"}, 0s));
    EXPECT_EQ(found(), "nothing");
    EXPECT_EQ(model.commands->sent, 1) << "the search; Redis has not heard of the rest";
    store(1, std::string(SharedCache::largest, 'x'));
    EXPECT_EQ(found().size(), SharedCache::largest + 2);
}

TEST_F(SharedCacheTest, MissesAndForgetsWithoutRedis) {
    store(1, "x");
    for (const Mode mode : {Mode::refuses, Mode::hangs, Mode::out_of_memory}) {
        model.commands->mode = mode;
        EXPECT_EQ(found(), "nothing");
        store(2, "y");
        model.commands->mode = Mode::works;
        run_until([this] { return model.guard.trusts("cache:places"); });
        EXPECT_EQ(found(), "1:x");
    }
}

}  // namespace
}  // namespace safargo::redis
