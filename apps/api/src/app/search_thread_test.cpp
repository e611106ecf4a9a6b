// How often the search index reads from the database, however many commits there are.
#include "app/search_thread.hpp"

#include "core/metrics.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace safargo::app {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

int readings() {
    const std::string text = metrics::render();
    const std::string_view line = "safargo_db_statement_duration_seconds_count{statement=\"feed_poll\"} ";
    const auto found = text.find(line);
    return found == std::string::npos ? 0 : std::stoi(text.substr(found + line.size()));
}

class SearchThreadTest : public ::testing::Test {
protected:
    Config config() const {
        Config config;
        config.environment = Environment::development;
        config.database_url = config.database_direct_url = database.url();
        config.jwt_secret = "0123456789abcdef0123456789abcdef";
        config.data_dir = SAFARGO_DATA_DIR;
        return config;
    }
    template <class Done>
    static void wait_until(Done done) {
        while (!done()) std::this_thread::sleep_for(1ms);
    }

    testing::TestDatabase database;
    Shared shared{config()};
    SearchThread search{shared};
};

TEST_F(SearchThreadTest, CommitsWithinTenMillisecondsShareARead) {
    search.start();
    wait_until([this] { return search.status().loaded; });
    const int before = readings();
    const auto began = Clock::now();
    wait_until([&] {
        search.committed();
        return readings() >= before + 10;
    });
    EXPECT_GE(Clock::now() - began, 80ms);
    search.stop();
}

}  // namespace
}  // namespace safargo::app
