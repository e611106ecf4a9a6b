// Applies a job to many rows, each in its own transaction, so that a locked or broken row does not hold up the others.
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

// A due row and its position in processing order: by time, then by id.
template <class Id>
struct DueRow {
    Instant at;
    Id id;
};

// A lock held longer means that the row is being worked on; the job returns soon.
inline constexpr std::chrono::milliseconds sweep_lock_wait{100};

// Logs and counts a row that failed; a row that was merely locked is not an error. `event` is a constant.
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
        throw;  // the database is down: applies to all rows
    } catch (const std::exception& failure) {
        report_unswept(event, id.str(), failure);
    }
    co_return false;
}

// Applies `work` (returns Task<Result<bool>>: was it done?) to every row that `next` finds after a given one, `batch`
// at a time, until it finds fewer. Returns how many were done. Only DependencyUnavailable ends it early.
template <class Id, class Next, class Work>
Task<int> sweep(Database& database, std::string_view event, std::size_t batch, Next next, Work work) {
    int done = 0;
    DueRow<Id> last{};  // before all rows
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
