#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

std::string logged(const std::string& bytes) {
    CaptureStderr();
    {
        const SampleServer sample({.trusted_proxies = {"127.0.0.1"}});
        sample.ask(bytes);
    }
    return GetCapturedStderr();
}

TEST(AccessLog, NamesTheRouteButNoPerson) {
    const std::string line = logged(get("/trips/0555123456?phone=0555123456",
                                        "X-Request-Id: r-1\r\nX-Forwarded-For: 203.0.113.9\r\n"
                                        "Authorization: Bearer secret\r\nUser-Agent: browser\r\n"
                                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
    EXPECT_THAT(line,
                HasSubstr(R"("event":"request","method":"GET","route":"/trips/{id}","status":200,"duration_ms":)"));
    EXPECT_THAT(line, HasSubstr(R"("bytes":27,"request_id":"r-1","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736")"));
    for (const char* personal : {"0555123456", "203.0.113.9", "127.0.0.1", "secret", "browser"}) {
        EXPECT_THAT(line, Not(HasSubstr(personal)));
    }
}

TEST(AccessLog, ABrokenRequestIsLoggedOnceWithItsId) {
    const std::string lines = logged(get("/fail/other", "X-Request-Id: r-2\r\n"));
    const std::string mark = R"("event":"request_failed","kind":"internal_error")";
    const std::size_t first = lines.find(mark);
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(lines.find(mark, first + 1), std::string::npos);
    EXPECT_THAT(lines.substr(first), HasSubstr("r-2"));
}

}  // namespace
}  // namespace safargo::http::testing
