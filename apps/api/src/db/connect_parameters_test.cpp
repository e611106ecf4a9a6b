#include "db/connect_parameters.hpp"

#include "core/failures.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::db {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

ConnectParameters looked_up(const std::string& url) {
    return testing::run(with_addresses(testing::shared_context()->get_executor(),
                                       connect_parameters({.url = url, .application_name = "test"}),
                                       std::chrono::steady_clock::now() + std::chrono::seconds{2}));
}

TEST(ConnectParameters, PutTheSessionLimitsBeforeTheUrlsOptions) {
    const auto parameters = connect_parameters({.url = "postgresql://u@h/d?options=-c%20jit%3Doff",
                                                .application_name = "test",
                                                .connect_timeout = {},
                                                .statement_timeout = std::chrono::milliseconds{1'234}});
    EXPECT_THAT(parameters, Contains(Pair("options", AllOf(HasSubstr("-c statement_timeout=1234"),
                                                           HasSubstr("idle_in_transaction_session_timeout=2468"),
                                                           ::testing::EndsWith("-c jit=off")))));
    EXPECT_THAT(parameters, Contains(Pair("application_name", "test")));
    EXPECT_THAT(parameters, Contains(Pair("client_encoding", "UTF8")));
    EXPECT_THAT(connect_parameters({.url = "host=h application_name=mine", .application_name = "test"}),
                Contains(Pair("application_name", "mine")));
}

TEST(ConnectParameters, RefuseAnUnreadableUrlWithoutQuotingIt) {
    try {
        connect_parameters({.url = "postgresql://user:geheim@[::1/x", .application_name = "test"});
        FAIL();
    } catch (const std::invalid_argument& error) {
        EXPECT_THAT(error.what(), Not(HasSubstr("geheim")));
    }
}

TEST(ConnectParameters, ANameGetsItsAddressesAndKeepsItsName) {
    const auto parameters = looked_up("postgresql://user@localhost:5432/d");
    EXPECT_THAT(parameters, Contains(Pair("hostaddr", HasSubstr("127.0.0.1"))));
    EXPECT_THAT(parameters, Contains(Pair("host", ::testing::StartsWith("localhost"))));
}

TEST(ConnectParameters, SocketsAddressesAndListsAreLeftToLibpq) {
    for (const char* url : {"host=/var/run/postgresql", "host=@abstract", "host=10.0.0.1", "host=::1",
                            "host=a,b port=1,2", "host=name hostaddr=10.0.0.1", "dbname=d"}) {
        EXPECT_EQ(looked_up(url), connect_parameters({.url = url, .application_name = "test"})) << url;
    }
}

TEST(ConnectParameters, AnUnknownNameIsAnOutage) {
    EXPECT_THROW(looked_up("host=no-such-host.invalid"), DependencyUnavailable);
}

}  // namespace
}  // namespace safargo::db
