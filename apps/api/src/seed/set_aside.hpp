// Drops what makes a table slow to fill for one transaction: secondary indexes, exclusion constraints, foreign keys and
// triggers. Primary keys, unique and check constraints stay.
#pragma once

#include "db/transaction.hpp"
#include "seed/seed.hpp"

#include <string>
#include <vector>

namespace safargo::seed {

class SetAside {
public:
    // Locks the table exclusively until the transaction ends; a rollback also restores everything.
    static Task<SetAside> from(db::Transaction& tx, std::string table);

    // Restores everything. Checks every row: one that violates a constraint throws DatabaseError.
    Task<void> put_back(db::Transaction& tx, Progress progress) const;

private:
    struct Part {
        std::string drop, make;
    };
    std::vector<Part> parts_;
};

}  // namespace safargo::seed
