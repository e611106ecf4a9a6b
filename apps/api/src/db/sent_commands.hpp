// What a connection has prepared, and what it has sent and not yet heard about.
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
    std::size_t statement = 0;   // execute and prepare: which of the round trip
};

using SentCommands = std::deque<SentCommand>;

// The prepared statements of one connection. The same text with other parameter types is another statement.
class PreparedStatements {
public:
    struct Entry {
        std::string server_name;
        std::string sql;
        std::vector<Oid> types;
    };
    struct Choice {
        const Entry* entry;  // none: run it unprepared
        bool is_new;         // it must be prepared first
        std::uint64_t key;
    };

    Choice choose(const Bound& bound);
    void drop(std::uint64_t key) { entries_.erase(key); }
    // The server keeps what it has under the old names; new ones get other names.
    void forget();

private:
    std::unordered_map<std::uint64_t, Entry> entries_;
    unsigned generation_ = 0;
};

}  // namespace safargo::db
