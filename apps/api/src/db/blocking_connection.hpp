// Blocking libpq, for commands and test fixtures.
#pragma once

#include "db/rows.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace safargo::db {

// The server's message: for the operator at a terminal, not for production logs.
struct BlockingError : std::runtime_error {
    BlockingError(std::string state, const std::string& message)
        : std::runtime_error(message), sqlstate(std::move(state)) {}
    std::string sqlstate;  // empty: the connection failed
};

class BlockingConnection {
public:
    explicit BlockingConnection(const std::string& url);

    void execute(const std::string& sql);  // any number of statements
    // Parameters are text; columns are binary, as Rows expects.
    Rows query(const std::string& sql, const std::vector<std::string>& values = {});
    bool in_transaction() const;

private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    std::unique_ptr<pg_conn, Finish> conn_;
};

}  // namespace safargo::db
