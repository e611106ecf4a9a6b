// PostgreSQL for one thread: a bounded pool of connections on that thread's io_context. Create, use and destroy it on
// that thread, before the io_context is destroyed.
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/session.hpp"
#include "db/transaction.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace safargo::db {

struct PoolStatus {
    std::size_t idle, active, waiting;
};

struct Options {
    std::string url;  // anything libpq accepts; secret
    std::size_t pool_size = 8;
    std::chrono::milliseconds pool_wait{2'000};
    std::chrono::milliseconds statement_timeout{5'000};
    std::chrono::milliseconds connect_timeout{2'000};
    std::string application_name = "safargo-api";
    // Called after every statement with Statement::name and its round trip.
    std::function<void(std::string_view name, std::chrono::nanoseconds duration, bool ok)> on_statement{};
    // Called after every change of the pool.
    std::function<void(const PoolStatus& now)> on_pool{};
};

class Pool;

class Database : public Session {
public:
    Database(boost::asio::any_io_executor executor, Options options);
    ~Database() override;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Task<Transaction> begin(Isolation isolation = Isolation::read_committed);

    // Runs `work` (a callable returning Task<Result<T>> for a Transaction&; never a capturing coroutine lambda) and
    // commits its result. An Error rolls back, unless it keeps its effects. After a lost race (40001, 40P01) all of
    // `work` runs again, up to three times in total, so it must have no effects outside the transaction.
    template <class T, class Work>
    Task<Result<T>> transact(Work work, Isolation isolation = Isolation::read_committed) {
        for (int attempt = 1;; ++attempt) {
            try {
                co_return co_await attempt_once<T>(work, isolation);
            } catch (const DatabaseError& error) {
                if (!error.retryable() || attempt == max_attempts) throw;
            }
            co_await pause_before_retry(attempt);
        }
    }

    Task<bool> ping();  // whether a statement succeeds; does not throw when the database is down
    PoolStatus status() const;
    void close();  // drops idle connections now and used ones on return; opens no new ones

private:
    static constexpr int max_attempts = 3;

    template <class T, class Work>
    Task<Result<T>> attempt_once(Work& work, Isolation isolation) {
        Transaction transaction = co_await begin(isolation);
        Result<T> result = co_await work(transaction);
        if (result || result.error().keeps_effects) {
            co_await transaction.commit();
        } else {
            co_await transaction.rollback();
        }
        co_return result;
    }

    Task<void> pause_before_retry(int attempt);
    Task<Reply> exchange(std::span<const Bound> statements) override;

    std::shared_ptr<Pool> pool_;
};

}  // namespace safargo::db
