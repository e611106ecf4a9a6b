// For tests: what has been told to a person's open pages so far.
#pragma once

#include "testing/test_database.hpp"

#include <string>
#include <vector>

namespace safargo::live::test {

// "booking confirmed", in order; `subject`, if given, leaves out the events of others.
inline std::vector<std::string> live_events_of(db::Database& database, UserId person,
                                               std::optional<Uuid> subject = {}) {
    static constexpr db::Statement statement{"test_told", R"(
        select event || ' ' || what from user_events
        where user_id = $1 and ($2::uuid is null or subject_id = $2) order by id)"};
    std::vector<std::string> lines;
    const db::Rows rows = testing::run(database.query(statement, person, subject));
    for (const db::Row row : rows) lines.push_back(row.get<std::string>(0));
    return lines;
}

// Of anybody.
inline std::int64_t count_told(db::Database& database) {
    static constexpr db::Statement statement{"test_count_told", "select count(*) from user_events"};
    return testing::run(database.query(statement))[0].get<std::int64_t>(0);
}

}  // namespace safargo::live::test
