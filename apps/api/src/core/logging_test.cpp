#include "core/logging.hpp"

#include <gmock/gmock.h>

namespace safargo::log {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

TEST(Logging, OneLineOfJsonPerEvent) {
    CaptureStderr();
    info("seen", {{"text", "a\"\\\nb"}, {"count", 3LL}, {"ratio", 0.5}, {"yes", true}});
    const std::string line = GetCapturedStderr();
    EXPECT_THAT(line,
                HasSubstr(R"("level":"info","event":"seen","text":"a\"\\\u000ab","count":3,"ratio":0.5,"yes":true})"));
    EXPECT_THAT(line, EndsWith("}\n"));
}

TEST(Logging, BufferedLinesWaitForAFlushOrAWarning) {
    CaptureStderr();
    set_buffered(true);
    info("waits");
    EXPECT_EQ(GetCapturedStderr(), "");
    CaptureStderr();
    warning("now");
    const std::string both = GetCapturedStderr();
    EXPECT_THAT(both, testing::AllOf(HasSubstr("waits"), HasSubstr("now")));
    CaptureStderr();
    info("flushed");
    flush();
    EXPECT_THAT(GetCapturedStderr(), HasSubstr("flushed"));
    CaptureStderr();
    info("last");
    set_buffered(false);
    info("at once");
    EXPECT_THAT(GetCapturedStderr(), testing::AllOf(HasSubstr("last"), HasSubstr("at once")));
}

TEST(Logging, ManyLinesDoNotWait) {
    CaptureStderr();
    set_buffered(true);
    const std::string text(1'000, 'x');
    for (int i = 0; i < 70; ++i) info("many", {{"text", std::string_view(text)}});
    const std::string before_flush = GetCapturedStderr();
    set_buffered(false);
    EXPECT_GT(before_flush.size(), 60'000U);
}

TEST(Logging, ClientInputDoesNotFillTheLog) {
    CaptureStderr();
    const std::string text = std::string(1'995, 'x') + std::string(100'000, '\xc3');
    warning("failed", {{"what", std::string_view(text)}});
    EXPECT_LT(GetCapturedStderr().size(), 2'200U);
}

TEST(Logging, LevelsAreFiltered) {
    CaptureStderr();
    debug("hidden");
    set_level("warning");
    info("hidden too");
    warning("shown");
    set_level("info");
    const std::string lines = GetCapturedStderr();
    EXPECT_THAT(lines, testing::AllOf(HasSubstr("shown"), testing::Not(HasSubstr("hidden"))));
    EXPECT_THROW(set_level("loud"), std::invalid_argument);
}

}  // namespace
}  // namespace safargo::log
