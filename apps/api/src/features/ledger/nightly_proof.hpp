// The proof of the books as a night's job: by one replica at a time, told in metrics and logs however it ends.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"

#include <chrono>

namespace safargo::ledger {

// The statement limit of the database that a proof is given: it reads everything, which takes minutes one day.
inline constexpr std::chrono::minutes proof_limit{20};

enum class Proof {
    proven,
    discrepancies,  // each is an error line
    failed,         // it could not run to its end: nobody knows how the books are
    elsewhere       // another replica was at it
};

// safargo_ledger_proofs_total{outcome}, safargo_ledger_discrepancies (of the last proof of this process, -1 when it
// failed), safargo_ledger_proven_timestamp_seconds (when the books were last found true by this process).
Task<Proof> prove_by_night(db::Database& database, Instant now);

// Makes the metrics exist from the start, so that their absence is no excuse.
void register_proof_metrics();

}  // namespace safargo::ledger
