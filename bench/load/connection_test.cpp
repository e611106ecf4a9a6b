#include "load/connection.hpp"

#include "load/scripted_server_test.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

namespace safargo::load::testing {
namespace {

// It did not say so; or it said what nobody asked for, which is no answer to the next request.
TEST(Connection, AServerThatEndsItWhileNothingIsAskedLosesNoRequest) {
    const std::string farewell = "HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n";
    for (const auto& script :
         {Script{.bytes = ok().bytes, .then_close = true}, Script{.bytes = ok().bytes, .more = farewell}}) {
        ScriptedServer server(script);
        const auto plan = closed_trial(server, 1, 0).plan;
        const auto requests = parse_requests(get_line("/"));
        boost::asio::io_context io{1};
        Connection connection(io, plan);
        for (std::uint64_t asked = 1; asked <= 3; ++asked) {
            const Request request{.choice = {.entry = 0, .line = &requests[0]}, .due = Clock::now(), .measured = true};
            auto answer = boost::asio::co_spawn(io, connection.ask(request), boost::asio::use_future);
            io.restart();
            io.run();
            EXPECT_TRUE(answer.get().has_value() || !script.more.empty()) << "both came in one piece";
            EXPECT_EQ(connection.openings(), asked);
            while (connection.is_quiet()) std::this_thread::yield();
        }
    }
}

}  // namespace
}  // namespace safargo::load::testing
