// A named SQL statement; features keep these as constants beside the function that uses them.
#pragma once

#include <string_view>

namespace safargo::db {

struct Statement {
    std::string_view name;  // label in metrics and logs, and the prepared statement's name
    std::string_view sql;   // parameters are $1, $2, …
};

}  // namespace safargo::db
