#include "app/reachability.hpp"

#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::app {
namespace {

using platform::Health;
using ::testing::HasSubstr;
using testing::run;
using ::testing::StartsWith;

Task<void> succeed() {
    co_return;
}
Task<void> fail() {
    throw DependencyUnavailable("s3", "head_bucket was answered 403 ");
    co_return;
}
Task<void> hang() {
    throw DeadlineExceeded("s3: no answer in time");
    co_return;
}

class ReachabilityTest : public ::testing::Test {
protected:
    std::string look(Task<void> (*ask)()) {
        ::testing::internal::CaptureStderr();
        run(reachability->look("s3", ask));
        return ::testing::internal::GetCapturedStderr();
    }

    std::shared_ptr<Reachability> reachability = std::make_shared<Reachability>();
    platform::HealthCheck check = Reachability::check("s3", reachability);
};

TEST_F(ReachabilityTest, IsDownUntilTheFirstAnswer) {
    EXPECT_EQ(check.name, "s3");
    EXPECT_EQ(check.now().shown, R"({"status":"down","latency_ms":null})");
}

TEST_F(ReachabilityTest, ShowsHowLongAnAnswerTook) {
    EXPECT_THAT(look(succeed), HasSubstr("dependency_up"));
    EXPECT_THAT(check.now().shown, StartsWith(R"({"status":"ok","latency_ms":0)"));
    EXPECT_EQ(check.now().health, Health::ok);
}

TEST_F(ReachabilityTest, IsDegradedButServesWithoutAnAnswer) {
    for (const auto& ask : {fail, hang}) {
        run(reachability->look("s3", ask));
        EXPECT_EQ(check.now().shown, R"({"status":"down","latency_ms":null})");
        EXPECT_EQ(check.now().health, Health::degraded);
        EXPECT_TRUE(check.now().serves);
    }
}

TEST_F(ReachabilityTest, LogsWhatChangesAndNothingElse) {
    EXPECT_THAT(look(fail), HasSubstr("answered 403"));
    EXPECT_EQ(look(fail), "");
    EXPECT_THAT(look(succeed), HasSubstr("dependency_up"));
    EXPECT_EQ(look(succeed), "");
    EXPECT_THAT(look(hang), HasSubstr("no answer in time"));
}

}  // namespace
}  // namespace safargo::app
