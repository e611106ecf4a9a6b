#include "http/identity.hpp"

#include <gtest/gtest.h>

#include <set>

namespace safargo::http {
namespace {

TEST(RequestId, IsShortAndPlain) {
    EXPECT_TRUE(is_request_id("a"));
    EXPECT_TRUE(is_request_id("Req_1.2-3"));
    EXPECT_TRUE(is_request_id(std::string(64, 'x')));
    EXPECT_FALSE(is_request_id(""));
    EXPECT_FALSE(is_request_id(std::string(65, 'x')));
    EXPECT_FALSE(is_request_id("a b"));
    EXPECT_FALSE(is_request_id("a\"b"));
    EXPECT_FALSE(is_request_id("é"));
}

TEST(Traceparent, ContainsATraceId) {
    EXPECT_EQ(trace_id_of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
              "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(trace_id_of("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"),
              "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(Traceparent, IsParsedStrictly) {
    for (const char* bad : {
             "",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
             "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
             "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
             "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
         }) {
        EXPECT_EQ(trace_id_of(bad), std::nullopt) << bad;
    }
}

TEST(IdSource, IdsAreWellFormedAndUnique) {
    IdSource one;
    IdSource other;
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string id = one.next();
        EXPECT_TRUE(is_request_id(id));
        EXPECT_TRUE(trace_id_of("00-" + id + "-00f067aa0ba902b7-01")) << id;
        seen.insert(id);
        seen.insert(other.next());
    }
    EXPECT_EQ(seen.size(), 2'000U);
}

}  // namespace
}  // namespace safargo::http
