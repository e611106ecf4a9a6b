#include "features/places/version_watch.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace safargo::places {
namespace {

constexpr std::chrono::milliseconds read_interval{250};

constexpr db::Statement read_version{"places_version", R"(select version from places_version)"};

// As of the moment before the question: what commits while it is answered may be missing.
Task<void> read_into(db::Database& database, api::DataVersion& seen) {
    const auto as_of = std::chrono::steady_clock::now();
    const db::Rows rows = co_await database.query(read_version);
    seen.confirm(rows[0].get<std::int64_t>(0), as_of);
}

}  // namespace

Task<void> watch_version(db::Database& database, api::DataVersion& seen, const std::atomic<bool>& stopping) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    bool failed = false;
    while (!stopping) {
        try {
            co_await read_into(database, seen);
            failed = false;
        } catch (...) {  // answers then come from the database, or say that it is down
            if (!failed) {
                log::warning("places_version_not_read", {{"error", std::string_view(describe_current_failure())}});
            }
            failed = true;
        }
        timer.expires_after(read_interval);
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
}

}  // namespace safargo::places
