// Prepared statements of a connection, and its commands that are not yet answered.
#pragma once

#include "db/parameters.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace safargo::db {

struct SentCommand {
    enum class Kind { opening, rollback, prepare, execute, sync };
    Kind kind;
    std::uint64_t prepared = 0;  // prepare: its key
    std::size_t statement = 0;   // execute and prepare: index in the round trip
};

using SentCommands = std::deque<SentCommand>;

// The prepared statements of one connection. The same text with different parameter types is another statement.
class PreparedStatements {
public:
    struct Entry {
        std::string server_name;
        std::string sql;
        std::vector<Oid> types;
    };
    struct Choice {
        const Entry* entry;  // none: run unprepared
        bool is_new;         // must be prepared first
        std::uint64_t key;
    };

    Choice choose(const Bound& bound);
    void drop(std::uint64_t key) { entries_.erase(key); }
    // The server keeps the old names; new statements get new ones.
    void forget();

private:
    std::unordered_map<std::uint64_t, Entry> entries_;
    unsigned generation_ = 0;
};

}  // namespace safargo::db
