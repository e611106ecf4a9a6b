#include "db/pool.hpp"

#include "core/failures.hpp"

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <tuple>

namespace safargo::db {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

// How long a failed connection attempt counts for all requests, so that each does not try a server that is down.
constexpr std::chrono::milliseconds failure_memory{100};

// Batch size: gives most of the benefit of sharing, and a slow statement delays at most three others.
constexpr std::size_t most_in_batch = 4;

DependencyUnavailable unavailable(const std::string& reason) {
    return DependencyUnavailable("database", reason);
}

}  // namespace

// A caller in the queue. Granted: has a connection, or (without one) the right to open one.
struct Pool::Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    bool granted = false;
    std::unique_ptr<Connection> connection;

    std::optional<Round> round;  // what it would send, if it may share a batch
    bool in_batch = false;       // in progress: it left the queue and waits for its answer
    bool answered = false;

    // The caller may leave while the batch runs, taking its statements with it: the batch continues with a copy.
    void keep_statements() {
        kept_.assign(round->statements.begin(), round->statements.end());
        round->statements = kept_;
    }

private:
    std::vector<Bound> kept_;
};

// A place in the queue; leaving it, or returning an unused grant, happens however the wait ends.
class Pool::Turn {
public:
    Turn(Pool& pool, std::shared_ptr<Waiter> waiter) : pool_(pool), waiter_(std::move(waiter)) {
        pool_.waiters_.push_back(waiter_);
        pool_.report_status();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        if (taken_ || waiter_->in_batch) return;
        if (!waiter_->granted) {
            std::erase(pool_.waiters_, waiter_);
            pool_.report_status();
        } else if (waiter_->connection) {
            pool_.give_back(std::move(waiter_->connection));
        } else {
            pool_.release_slot();
        }
    }
    std::unique_ptr<Connection> take() {
        taken_ = true;
        return std::move(waiter_->connection);
    }

private:
    Pool& pool_;
    std::shared_ptr<Waiter> waiter_;
    bool taken_ = false;
};

// The right to one connection, passed on to the next in the queue unless used.
class Pool::Slot {
public:
    explicit Slot(Pool& pool) : pool_(pool) {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() {
        if (!used_) pool_.release_slot();
    }
    void use() { used_ = true; }

private:
    Pool& pool_;
    bool used_ = false;
};

Pool::Pool(asio::any_io_executor executor, Options options)
    : executor_(std::move(executor)), options_(std::move(options)) {}

Pool::~Pool() = default;

Task<Lease> Pool::acquire() {
    std::optional<Round> none;
    co_return std::move(*co_await acquire_or_join(none));
}

Task<Reply> Pool::run(std::span<const Bound> statements) {
    std::optional<Round> round(statements);
    std::optional<Lease> lease = co_await acquire_or_join(round);
    if (lease) co_return co_await lease->exchange("", statements);
    if (round->failure) std::rethrow_exception(round->failure);
    co_return std::move(round->reply);
}

Task<std::optional<Lease>> Pool::acquire_or_join(std::optional<Round>& round) {
    const auto self = shared_from_this();
    const Time deadline = steady_clock::now() + options_.pool_wait;
    if (closed_) throw unavailable("the pool is closed");
    std::unique_ptr<Connection> connection = take_idle();
    if (!connection && open_ < options_.pool_size) {
        ++open_;
        report_status();
        connection = co_await connect(deadline);
    } else if (!connection) {
        bool answered = false;
        connection = co_await wait_for_turn(deadline, round, answered);
        if (answered) co_return std::nullopt;
        if (!connection) connection = co_await connect(deadline);
    }
    co_return Lease(self, std::move(connection));
}

std::unique_ptr<Connection> Pool::take_idle() {
    while (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back());
        idle_.pop_back();
        const bool alive = connection->is_alive();
        if (!alive) --open_;
        report_status();
        if (alive) return connection;
    }
    return nullptr;
}

// Null: the caller may open a connection, unless its round was answered.
Task<std::unique_ptr<Connection>> Pool::wait_for_turn(Time deadline, std::optional<Round>& round, bool& answered) {
    const auto waiter = std::make_shared<Waiter>(executor_);
    waiter->round = std::move(round);
    waiter->timer.expires_at(deadline);
    Turn turn(*this, waiter);
    error_code cancelled;
    try {
        std::tie(cancelled) = co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        while (waiter->in_batch && !waiter->answered) {  // a batch member has no deadline here: its statement has one
            waiter->timer.expires_at(Time::max());
            std::tie(cancelled) = co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    } catch (const boost::system::system_error&) {  // cancelled before it waited
        if (waiter->in_batch) waiter->keep_statements();
        throw;
    }
    answered = waiter->answered;
    if (answered) {
        round = std::move(waiter->round);
        co_return nullptr;
    }
    if (waiter->granted) co_return turn.take();
    if (closed_) throw unavailable("the pool is closed");
    if (cancelled) throw boost::system::system_error(cancelled);
    throw unavailable(fmt::format("no free connection within {} ms", options_.pool_wait.count()));
}

Task<std::unique_ptr<Connection>> Pool::connect(Time deadline) {
    constexpr std::chrono::milliseconds least{250};  // for a caller that waited long for the right to connect
    Slot slot(*this);
    const Time now = steady_clock::now();
    if (now < failing_until_) throw unavailable(failure_);
    auto connection = std::make_unique<Connection>(
        executor_,
        ConnectSettings{options_.url, options_.application_name, options_.connect_timeout, options_.statement_timeout});
    try {
        co_await connection->open(std::min(now + options_.connect_timeout, std::max(deadline, now + least)));
    } catch (const DependencyUnavailable& failure) {
        remember_failure(failure.what());
        throw;
    }
    failing_until_ = {};
    slot.use();
    co_return connection;
}

void Pool::remember_failure(const std::string& reason) {
    failing_until_ = steady_clock::now() + failure_memory;
    failure_ = reason;
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    const bool keep =
        !closed_ && connection->usable() && (!connection->in_transaction() || connection->send_rollback());
    if (!keep) {
        connection.reset();
        release_slot();
    } else if (auto members = take_batch(); !members.empty()) {
        asio::co_spawn(executor_, run_batch(std::move(connection), std::move(members)), asio::detached);
    } else if (const auto waiter = next_waiter()) {
        waiter->connection = std::move(connection);
    } else {
        idle_.push_back(std::move(connection));
        report_status();
    }
}

// Grants and wakes the first in the queue.
std::shared_ptr<Pool::Waiter> Pool::next_waiter() {
    if (waiters_.empty()) return nullptr;
    const auto waiter = waiters_.front();
    waiters_.pop_front();
    waiter->granted = true;
    waiter->timer.cancel();
    report_status();
    return waiter;
}

// The first waiter and those behind it that may share its batch; empty if it would run alone.
std::vector<std::shared_ptr<Pool::Waiter>> Pool::take_batch() {
    std::vector<std::shared_ptr<Waiter>> members;
    if (waiters_.empty() || !waiters_.front()->round) return members;
    for (const auto& waiter : waiters_) {
        if (waiter->round) members.push_back(waiter);
        if (members.size() == most_in_batch) break;
    }
    if (members.size() < 2) return {};
    for (const auto& member : members) member->in_batch = true;
    std::erase_if(waiters_, [](const auto& waiter) { return waiter->in_batch; });
    report_status();
    return members;
}

Task<void> Pool::run_batch(std::unique_ptr<Connection> connection, std::vector<std::shared_ptr<Waiter>> members) {
    Lease lease(shared_from_this(), std::move(connection));
    const Time started = steady_clock::now();
    std::vector<Round*> rounds;
    rounds.reserve(members.size());
    for (const auto& member : members) rounds.push_back(&*member->round);
    auto next = members.begin();
    co_await lease.connection().exchange_each(std::move(rounds), [&](Round& round) {
        observe(round, started);
        if (round.reply.failure && is_stale_plan(round.reply.failure->sqlstate)) {
            lease.connection().forget_prepared();
            forget_prepared();
        }
        (*next)->answered = true;
        (*next++)->timer.cancel();
    });
    if (lease.connection().is_silent()) drop_idle();
}

void Pool::observe(const Round& round, Time since) const {
    if (!options_.on_statement) return;
    const auto duration = steady_clock::now() - since;
    const bool whole = !round.failure && !round.reply.failure;
    const std::size_t succeeded = whole                 ? round.statements.size()
                                  : round.reply.failure ? round.reply.failure->statement
                                                        : 0;
    for (std::size_t i = 0; i < round.statements.size(); ++i)
        options_.on_statement(round.statements[i].statement.name, duration, i < succeeded);
}

void Pool::release_slot() {
    if (next_waiter()) return;
    --open_;
    report_status();
}

void Pool::forget_prepared() {
    for (const auto& connection : idle_) connection->forget_prepared();
}

void Pool::drop_idle() {
    open_ -= idle_.size();
    idle_.clear();
    report_status();
}

void Pool::close() {
    closed_ = true;
    drop_idle();
    for (const auto& waiter : waiters_) waiter->timer.cancel();
}

PoolStatus Pool::status() const {
    return {.idle = idle_.size(), .active = open_ - idle_.size(), .waiting = waiters_.size()};
}

void Pool::report_status() const {
    if (options_.on_pool) options_.on_pool(status());
}

Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::~Lease() {
    if (connection_) pool_->give_back(std::move(connection_));
}

}  // namespace safargo::db
