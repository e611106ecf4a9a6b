#include "core/event_loop.hpp"

#include "core/current_failure.hpp"

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <stdexcept>

namespace safargo {
namespace {

TEST(EventLoop, ContinuesAfterAnyException) {
    boost::asio::io_context context;
    int done = 0;
    boost::asio::post(context, [] { throw std::runtime_error("one"); });
    boost::asio::post(context, [&] { ++done; });
    boost::asio::post(context, [] { throw 42; });
    boost::asio::post(context, [&] { ++done; });
    run_through_failures(context);
    EXPECT_EQ(done, 2);
}

TEST(CurrentFailure, DescribesAnyException) {
    const auto described = [](auto thrown) {
        try {
            throw thrown;
        } catch (...) {
            return describe_current_failure();
        }
    };
    EXPECT_EQ(described(std::runtime_error("a reason")), "a reason");
    EXPECT_EQ(described(42), "not a std::exception");
}

}  // namespace
}  // namespace safargo
