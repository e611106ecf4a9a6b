// What one feature keeps about people (laws 18-07 and 25-11), declared by the owner of the tables. features/users puts
// the parts of all features together: one export, one refusal to leave, one transaction that forgets.
#pragma once

#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <string_view>
#include <vector>

namespace safargo::platform {

// One member of the export: the person's own rows, no secret, no hash, no word of anybody else.
struct ExportPart {
    std::string_view key;
    std::string_view sql;  // a query of one jsonb value; $1 is the person
};

// What has to end before a person may leave.
struct OpenBusiness {
    std::string_view sql;    // a query of one bigint, above 0 while it is open; $1 is the person
    std::string_view field;  // what the refusal names
    Rule rule = Rule::not_allowed;
    std::string_view allowed;  // how it may stand when they leave; empty: the refusal tells the number
};

struct PersonalData {
    std::vector<ExportPart> exported{};
    std::vector<OpenBusiness> open_business{};
    // Forgets who it was in this feature's tables; rows that money needs stay. The driver's and the person's row are
    // locked. Null: there is nothing to forget.
    Task<void> (*forget)(db::Transaction& tx, UserId person, Instant now) = nullptr;
};

}  // namespace safargo::platform
