// Personal data that one feature stores (laws 18-07 and 25-11), declared by the owner of the tables. features/users
// combines the parts of all features: one export, one check before deletion, one transaction that anonymises.
#pragma once

#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"

#include <string_view>
#include <vector>

namespace safargo::platform {

// One member of the export: the person's own rows, without secrets, hashes or other people's words.
struct ExportPart {
    std::string_view key;
    std::string_view sql;  // a query of one jsonb value; $1 is the person
};

// What must be finished before an account can be deleted.
struct OpenBusiness {
    std::string_view sql;    // a query of one bigint, above 0 while business is open; $1 is the person
    std::string_view field;  // the field named by the refusal
    Rule rule = Rule::not_allowed;
    std::string_view allowed;  // the value at which deletion is allowed; if empty the refusal gives the number
};

struct PersonalData {
    std::vector<ExportPart> exported{};
    std::vector<OpenBusiness> open_business{};
    // Anonymises the person in this feature's tables; rows needed for accounting stay. The driver's and the person's
    // rows are locked. Null: nothing to do.
    Task<void> (*forget)(db::Transaction& tx, UserId person, Instant now) = nullptr;
};

}  // namespace safargo::platform
