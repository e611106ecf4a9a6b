#include "core/failures.hpp"
#include "db/pool.hpp"

namespace safargo::db {
namespace {

using std::chrono::steady_clock;

// Reports the statements of one round trip when it ends, however it ends.
class Observation {
public:
    Observation(const Options& options, std::span<const Bound> statements)
        : options_(options), statements_(statements), started_(steady_clock::now()) {}
    Observation(const Observation&) = delete;
    Observation& operator=(const Observation&) = delete;
    ~Observation() {
        if (!options_.on_statement) return;
        const auto duration = steady_clock::now() - started_;
        for (std::size_t i = 0; i < statements_.size(); ++i) {
            options_.on_statement(statements_[i].statement.name, duration, i < succeeded_);
        }
    }
    void succeeded(std::size_t count) { succeeded_ = count; }

private:
    const Options& options_;
    std::span<const Bound> statements_;
    steady_clock::time_point started_;
    std::size_t succeeded_ = 0;
};

}  // namespace

Task<Reply> Lease::exchange(std::string opening, std::span<const Bound> statements) {
    Observation observation(pool_->options(), statements);
    try {
        Reply reply = co_await connection_->exchange(std::move(opening), statements);
        if (reply.failure && is_stale_plan(reply.failure->sqlstate)) {
            connection_->forget_prepared();
            pool_->forget_prepared();
        }
        observation.succeeded(reply.failure ? reply.failure->statement : statements.size());
        co_return reply;
    } catch (const DeadlineExceeded&) {
        if (connection_->is_silent()) pool_->drop_idle();
        throw;
    }
}

}  // namespace safargo::db
