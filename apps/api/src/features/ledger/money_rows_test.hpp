// For tests of money: a database with people and payments, whose bookings are played by the test.
#pragma once

#include "core/ids.hpp"
#include "testing/run_task.hpp"
#include "testing/test_database.hpp"

#include <cstdlib>
#include <string>

namespace safargo::ledger::test {

inline const Instant start = parse_instant("2026-12-03T07:00:00Z").value();

inline int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text == nullptr ? 1 : std::max(1, std::atoi(text));
}

class MoneyRows {
public:
    MoneyRows() {
        database_.execute(
            "alter table payments drop constraint payments_booking_fkey;"
            "alter table ledger_transactions drop constraint ledger_transactions_booking_fkey");
    }

    testing::TestDatabase& database() { return database_; }
    db::Database& db() { return database_.db(); }

    UserId add_user() {
        const UserId id = UserId::make(start);
        database_.execute("insert into users (id, email, name, created_at) values ('" + id.str() + "', '" + id.str() +
                          "@example.dz', 'Amel Test', '2026-01-01')");
        return id;
    }

private:
    testing::TestDatabase database_;
};

}  // namespace safargo::ledger::test
