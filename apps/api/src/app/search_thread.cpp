#include "app/search_thread.hpp"

#include "app/database_metrics.hpp"
#include "app/health.hpp"
#include "app/replica_wakeups.hpp"
#include "core/current_failure.hpp"
#include "core/event_loop.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "core/uuid.hpp"
#include "core/wakeup.hpp"
#include "features/places/version_watch.hpp"
#include "features/search/trip_feed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <thread>

namespace safargo::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto poll_interval = 250ms;
constexpr auto read_interval = 10ms;  // commits in this interval share the next read
constexpr auto retry_interval = 250ms;
constexpr std::string_view topic = "trips:";

db::Options database_options(const Config& config) {
    db::Options options;
    options.url = config.database_direct_url;
    options.pool_size = 4;  // reading (in two streams at start), the version of places, notifying, and pinging
    options.application_name = "safargo-search";
    observe(options);
    return options;
}

// Drops cached trip cards when search learns that they changed.
class CardForgetter final : public search::FeedObserver {
public:
    explicit CardForgetter(trips::CardCache& cards) : cards_(cards) {}
    void changed(VehicleId vehicle) override { cards_.forget(vehicle); }
    void changed_all() override { cards_.forget_all(); }
    void caught_up(std::chrono::steady_clock::time_point as_of) override { cards_.caught_up(as_of); }

private:
    trips::CardCache& cards_;
};

}  // namespace

// Created, used and destroyed on its own thread, except `committed` and the feed's atomic status.
struct SearchThread::State {
    explicit State(Shared& shared_parts)
        : shared(shared_parts),
          database(context.get_executor(), database_options(shared.config)),
          forgetter(shared.trip_cards),
          feed(database, shared.index, shared.driver_cards, forgetter),
          wakeups(context, database, shared.config),
          feed_bell(context.get_executor()) {}

    void heard(std::string_view payload);
    Task<void> follow();
    Task<void> rest(std::chrono::milliseconds time);
    void spawn(Task<void> task) { asio::co_spawn(context, std::move(task), asio::detached); }

    Shared& shared;
    const std::string changed = std::string(topic) + Uuid::v7(shared.clock.now()).str();  // what this replica says
    asio::io_context context{1};
    db::Database database;
    CardForgetter forgetter;
    search::TripFeed feed;
    DatabaseWatch watch;
    ReplicaWakeups wakeups;
    Wakeup feed_bell;
    std::atomic<bool> stopping = false;
    std::atomic<bool> poked = false;
    std::thread thread;
};

Task<void> SearchThread::State::follow() {
    const auto lag = metrics::gauge("safargo_search_lag_seconds", "Age of the last successful reading of trip changes");
    const auto trips = metrics::gauge("safargo_search_trips", "Open trips in the search index");
    while (!stopping) {
        std::chrono::milliseconds pause = poll_interval;
        try {
            co_await feed.poll();
        } catch (...) {
            log::warning("search_feed_failed", {{"error", std::string_view(describe_current_failure())}});
            pause = retry_interval;
        }
        lag.set(static_cast<double>(feed.lag_ms()) / 1000.0);
        trips.set(static_cast<double>(shared.index.size()));
        co_await rest(read_interval);
        co_await feed_bell.wait(pause);
    }
}

// Other replicas' commits, or that some may have been missed; our own have already rung the bell.
void SearchThread::State::heard(std::string_view payload) {
    if (payload.empty() || (payload.starts_with(topic) && payload != changed)) feed_bell.ring();
}

Task<void> SearchThread::State::rest(std::chrono::milliseconds time) {
    asio::steady_timer timer(context, time);
    co_await timer.async_wait(asio::use_awaitable);
}

SearchThread::SearchThread(Shared& shared) : state_(std::make_unique<State>(shared)) {
    State& state = *state_;
    state.wakeups.by_database().listen([&state](std::string_view payload) { state.heard(payload); });
}

SearchThread::~SearchThread() {
    stop();
}

void SearchThread::start() {
    State& state = *state_;
    state.spawn(state.watch.run(state.database, state.stopping));
    state.spawn(state.follow());
    state.wakeups.start();
    state.spawn(places::watch_version(state.database, state.shared.place_answers.version, state.stopping));
    state.thread = std::thread([&state] { run_through_failures(state.context); });
}

void SearchThread::stop() {
    State& state = *state_;
    if (!state.thread.joinable()) return;
    state.stopping = true;
    asio::post(state.context, [&state] {
        state.wakeups.stop();
        state.feed_bell.ring();
        state.database.close();
    });
    state.thread.join();
}

void SearchThread::committed() {
    State& state = *state_;
    if (state.stopping || state.poked.exchange(true)) return;
    asio::post(state.context, [&state] {
        state.poked = false;
        state.feed_bell.ring();
        state.wakeups.by_database().publish(state.changed);
    });
}

Wakeups& SearchThread::wakeups() {
    return state_->wakeups;
}

search::FeedStatus SearchThread::status() const {
    return {.loaded = state_->feed.loaded(),
            .trips = static_cast<std::int64_t>(state_->shared.index.size()),
            .lag_ms = state_->feed.lag_ms()};
}

platform::HealthCheck SearchThread::database_check() const {
    return state_->watch.health_check();
}

platform::HealthCheck SearchThread::index_check() const {
    return search::health_check([this] { return status(); });
}

}  // namespace safargo::app
