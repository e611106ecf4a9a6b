#include "adapters/s3/credential_cache.hpp"

#include "core/failures.hpp"
#include "ports/object_store.hpp"
#include "testing/cancellable.hpp"
#include "testing/gate.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>

#include <boost/system/system_error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace safargo::s3 {
namespace {

using namespace std::chrono_literals;
using testing::run;

const Instant start = *parse_instant("2026-11-30T08:00:00Z");

// What the source of these tests does, and how often it was asked.
struct Script {
    int asked = 0;
    bool fails = false;
    std::optional<std::chrono::seconds> valid_for = 1h;
    std::optional<Instant> end;     // instead of valid_for: the same ones at each question
    testing::Gate* gate = nullptr;  // a fetch waits here
};

class ScriptedSource final : public CredentialsSource {
public:
    ScriptedSource(Script& script, const Clock& clock) : script_(script), clock_(clock) {}

    Task<Credentials> fetch() override {
        const int number = ++script_.asked;
        if (script_.gate != nullptr) co_await script_.gate->pass();
        if (script_.fails) throw DependencyUnavailable("test", "scripted");
        Credentials credentials{"key", "secret", "token " + std::to_string(number)};
        if (script_.valid_for) credentials.expires_at = script_.end.value_or(clock_.now() + *script_.valid_for);
        co_return credentials;
    }

private:
    Script& script_;
    const Clock& clock_;
};

// Runs what can run now.
void settle() {
    testing::shared_context()->restart();
    testing::shared_context()->poll();
}

class CredentialCacheTest : public ::testing::Test {
protected:
    std::string token() { return run(cache.get()).session_token; }
    Task<void> keep_token(std::vector<std::string>& tokens) { tokens.push_back((co_await cache.get()).session_token); }
    Task<void> keep_failure(int& failures) {
        try {
            co_await cache.get();
        } catch (const DependencyUnavailable&) {
            ++failures;
        }
    }
    Task<void> use() { co_await cache.get(); }
    Task<void> open(testing::Gate& gate) {
        gate.open();
        co_return;
    }

    FakeClock clock{start};
    Script script;
    CredentialCache cache{testing::shared_context()->get_executor(),
                          std::make_unique<ScriptedSource>(script, clock),
                          clock,
                          {.renewed_before = 300s, .spread = 60s, .between_attempts = 5s}};
};

TEST_F(CredentialCacheTest, AsksOnceForManyRequests) {
    EXPECT_EQ(token(), "token 1");
    clock.advance(53min);
    EXPECT_EQ(token(), "token 1");
    EXPECT_EQ(script.asked, 1);
}

TEST_F(CredentialCacheTest, RenewsBeforeTheyExpire) {
    EXPECT_EQ(token(), "token 1");
    clock.advance(55min);
    EXPECT_EQ(token(), "token 2");
    EXPECT_EQ(script.asked, 2);
}

TEST_F(CredentialCacheTest, NeverRenewsKeysThatDoNotExpire) {
    script.valid_for = std::nullopt;
    EXPECT_EQ(token(), "token 1");
    clock.advance(24h * 365);
    EXPECT_EQ(token(), "token 1");
    cache.reject({.access_key_id = "key", .secret_access_key = "secret", .session_token = "token 1"});
    EXPECT_EQ(token(), "token 1");
}

TEST_F(CredentialCacheTest, KeepsUsingOldOnesWhileTheyAreValid) {
    EXPECT_EQ(token(), "token 1");
    script.fails = true;
    clock.advance(55min);
    EXPECT_EQ(token(), "token 1");
    EXPECT_EQ(script.asked, 2);
    EXPECT_EQ(token(), "token 1");
    EXPECT_EQ(script.asked, 2) << "not asked again at once";
    clock.advance(4min);
    EXPECT_EQ(token(), "token 1");
    EXPECT_EQ(script.asked, 3);
    clock.advance(1min);
    EXPECT_THROW(token(), DependencyUnavailable);
    script.fails = false;
    clock.advance(5s);
    EXPECT_EQ(token(), "token 5");
}

TEST_F(CredentialCacheTest, AsksSeldomWhileTheSourceRepeatsItself) {
    script.end = start + 1h;
    EXPECT_EQ(token(), "token 1");
    clock.advance(55min);
    for (int second = 0; second < 280; ++second) {
        token();
        clock.advance(1s);
    }
    EXPECT_EQ(script.asked, 7) << "once a minute, and more often towards the end";
    script.end = start + 2h;
    clock.advance(6s);
    EXPECT_EQ(token(), "token 8") << "in time";
}

TEST_F(CredentialCacheTest, TakesNoneThatHaveEnded) {
    EXPECT_EQ(token(), "token 1");
    clock.advance(55min);
    script.end = start;
    EXPECT_EQ(token(), "token 1");
    EXPECT_EQ(script.asked, 2);
}

TEST_F(CredentialCacheTest, ReplacesRejectedOnesThatWereRepeated) {
    script.end = start + 2min;
    const Credentials first = run(cache.get());
    clock.advance(10s);
    cache.reject(first);
    script.end = start + 1h;
    EXPECT_EQ(token(), "token 2");
}

TEST(CredentialCacheRules, LeaveTimeForWhatIsSigned) {
    EXPECT_GE(CredentialCache::Rules{}.renewed_before, UploadPermit{}.valid_for);
}

TEST_F(CredentialCacheTest, LetsOneAskWhileAllWait) {
    testing::Gate gate(2);
    script.gate = &gate;
    std::vector<std::string> tokens;
    std::vector<Task<void>> tasks;
    tasks.reserve(6);
    for (int i = 0; i < 5; ++i) tasks.push_back(keep_token(tokens));
    tasks.push_back(open(gate));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(tokens, std::vector<std::string>(5, "token 1"));
    EXPECT_EQ(script.asked, 1);
}

TEST_F(CredentialCacheTest, LetsOthersUseTheOldOnesDuringARenewal) {
    EXPECT_EQ(token(), "token 1");
    clock.advance(55min);
    testing::Gate gate(2);
    script.gate = &gate;
    testing::Cancellable renewing(use());
    settle();
    EXPECT_EQ(script.asked, 2);
    EXPECT_EQ(token(), "token 1");
    EXPECT_FALSE(renewing.ended());
    gate.open();
    renewing.wait();
    EXPECT_EQ(token(), "token 2");
    EXPECT_EQ(script.asked, 2);
}

TEST_F(CredentialCacheTest, FailsAllWaitersByOneQuestion) {
    testing::Gate gate(2);
    script.gate = &gate;
    script.fails = true;
    int failures = 0;
    std::vector<Task<void>> tasks;
    tasks.reserve(6);
    for (int i = 0; i < 5; ++i) tasks.push_back(keep_failure(failures));
    tasks.push_back(open(gate));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(failures, 5);
    EXPECT_EQ(script.asked, 1);
}

TEST_F(CredentialCacheTest, LetsTheNextAskWhenTheFirstIsCancelled) {
    testing::Gate gate(3);
    script.gate = &gate;
    testing::Cancellable first(use());
    settle();
    std::vector<std::string> tokens;
    testing::Cancellable second(keep_token(tokens));
    settle();
    EXPECT_EQ(script.asked, 1);
    first.cancel();
    first.wait();
    settle();
    EXPECT_EQ(script.asked, 2);
    gate.open();
    second.wait();
    EXPECT_EQ(tokens, std::vector<std::string>{"token 2"});
}

TEST_F(CredentialCacheTest, ReplacesRejectedOnes) {
    const Credentials first = run(cache.get());
    clock.advance(10s);
    cache.reject(first);
    EXPECT_EQ(token(), "token 2");
    cache.reject(first);
    EXPECT_EQ(token(), "token 2") << "they are no longer in use";
}

}  // namespace
}  // namespace safargo::s3
