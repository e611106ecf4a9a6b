// A failed start ends its threads before the objects they use are destroyed.
#include "app/server_process.hpp"
#include "core/logging.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace safargo::app {
namespace {

TEST(FailedStart, LeavesNoThreadRunning) {
    testing::TestDatabase database;
    boost::asio::io_context context;
    const boost::asio::ip::tcp::endpoint anywhere(boost::asio::ip::make_address("127.0.0.1"), 0);
    boost::asio::ip::tcp::acceptor taken(context, anywhere);
    for (int i = 0; i < 5; ++i) {
        Config config;
        config.environment = Environment::development;
        config.database_url = config.database_direct_url = database.url();
        config.jwt_secret = "0123456789abcdef0123456789abcdef";
        config.data_dir = SAFARGO_DATA_DIR;
        config.log_level = "error";
        config.bind = "127.0.0.1";
        config.port = taken.local_endpoint().port();
        EXPECT_THROW(serve(std::move(config)), std::exception);
    }
    log::set_level("info");
}

}  // namespace
}  // namespace safargo::app
