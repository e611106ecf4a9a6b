// What makes a table slow to fill, taken off it for one transaction: secondary indexes, exclusion constraints, foreign
// keys and triggers. Primary keys, unique and check constraints stay.
#pragma once

#include "db/transaction.hpp"
#include "seed/seed.hpp"

#include <string>
#include <vector>

namespace safargo::seed {

class SetAside {
public:
    // Locks the table against everybody else until the transaction ends; its rollback brings everything back, too.
    static Task<SetAside> from(db::Transaction& tx, std::string table);

    // Everything as it was. Every row is checked: one that breaks a constraint throws DatabaseError.
    Task<void> put_back(db::Transaction& tx, Progress progress) const;

private:
    struct Part {
        std::string drop, make;
    };
    std::vector<Part> parts_;
};

}  // namespace safargo::seed
