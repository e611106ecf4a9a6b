// The proof of the books as a nightly job: run by one replica at a time, reported in metrics and logs whatever its
// outcome.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"

#include <chrono>

namespace safargo::ledger {

// The statement timeout of the database given to a proof: it reads everything, which may take minutes one day.
inline constexpr std::chrono::minutes proof_limit{20};

enum class Proof {
    proven,
    discrepancies,  // each is an error line
    failed,         // it could not run to its end: the state of the books is unknown
    elsewhere       // another replica was running it
};

// safargo_ledger_proofs_total{outcome}, safargo_ledger_discrepancies (of the last proof of this process, -1 when it
// failed), safargo_ledger_proven_timestamp_seconds (when the books were last found true by this process).
Task<Proof> prove_by_night(db::Database& database, Instant now);

// Registers the metrics at the start, so that alerts never depend on a missing series.
void register_proof_metrics();

}  // namespace safargo::ledger
