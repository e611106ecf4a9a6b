// What a job does to many rows, each in a transaction of its own: a row that is locked or broken keeps no other
// waiting.
#pragma once

#include "core/failures.hpp"
#include "db/database.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

// A row that is due, at its place in the order in which rows are taken: by time, then by id.
template <class Id>
struct DueRow {
    Instant at;
    Id id;
};

// Whoever holds a lock for longer works on that row; the job comes again soon.
inline constexpr std::chrono::milliseconds sweep_lock_wait{100};

// Logs and counts a row that could not be done; one that was only locked is no error. `event` is a constant.
void report_unswept(std::string_view event, const std::string& id, const std::exception& failure);

template <class Id, class Work>
Task<Result<bool>> with_short_waits(Transaction& tx, Id id, Work work) {
    co_await tx.limit_lock_waits(sweep_lock_wait);
    co_return co_await work(tx, id);
}

template <class Id, class Work>
Task<bool> sweep_row(Database& database, std::string_view event, Id id, Work work) {
    try {
        const Result<bool> done = co_await database.transact<bool>(
            [id, work](Transaction& tx) { return with_short_waits<Id, Work>(tx, id, work); });
        co_return done && *done;
    } catch (const DependencyUnavailable&) {
        throw;  // the database is away, for all of them
    } catch (const std::exception& failure) {
        report_unswept(event, id.str(), failure);
    }
    co_return false;
}

// Does `work` (answers Task<Result<bool>>: was it done?) to every row that `next` finds beyond a given one, `batch` at
// a time, until it finds fewer. Answers how many were done. Only DependencyUnavailable ends it early.
template <class Id, class Next, class Work>
Task<int> sweep(Database& database, std::string_view event, std::size_t batch, Next next, Work work) {
    int done = 0;
    DueRow<Id> last{};  // before everything
    for (;;) {
        const std::vector<DueRow<Id>> rows = co_await next(last);
        for (const DueRow<Id> row : rows) {
            if (co_await sweep_row<Id, Work>(database, event, row.id, work)) ++done;
        }
        if (rows.size() < batch) co_return done;
        last = rows.back();
    }
}

}  // namespace safargo::db
