#include "features/ledger/nightly_proof.hpp"

#include "contract/described.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "features/ledger/service.hpp"

#include <boost/describe/enum.hpp>

#include <exception>

namespace safargo::ledger {

BOOST_DESCRIBE_ENUM(Proof, proven, discrepancies, failed, elsewhere)

namespace {

// Held by a transaction that does nothing else, until it or its connection ends.
constexpr db::Statement take_turn{"ledger_proof_turn", "select pg_try_advisory_xact_lock(5128390477201634511)"};

metrics::Counter proofs(Proof outcome) {
    return metrics::counter("safargo_ledger_proofs_total", "Proofs of the books, by how they ended",
                            {{"outcome", std::string(contract::enum_name(outcome))}});
}

metrics::Gauge found_wrong() {
    return metrics::gauge("safargo_ledger_discrepancies",
                          "What the last proof of the books found wrong; -1 when it could not be made");
}

metrics::Gauge proven_at() {
    return metrics::gauge("safargo_ledger_proven_timestamp_seconds", "When the books were last found true; 0: not yet");
}

Proof report_outcome(const std::vector<std::string>& discrepancies, Instant now) {
    found_wrong().set(static_cast<double>(discrepancies.size()));
    for (const std::string& discrepancy : discrepancies) log::error("ledger_discrepancy", {{"what", discrepancy}});
    if (!discrepancies.empty()) return Proof::discrepancies;
    log::info("ledger_proven");
    proven_at().set(std::chrono::duration<double>(now.time_since_epoch()).count());
    return Proof::proven;
}

Task<Proof> prove_alone(db::Database& database, Instant now) {
    db::Transaction turn = co_await database.begin();
    const db::Rows rows = co_await turn.query(take_turn);
    if (!rows[0].get<bool>(0)) co_return Proof::elsewhere;
    const Proof outcome = report_outcome(co_await prove(database), now);
    co_await turn.rollback();
    co_return outcome;
}

}  // namespace

void register_proof_metrics() {
    for (const Proof outcome : {Proof::proven, Proof::discrepancies, Proof::failed, Proof::elsewhere}) proofs(outcome);
    found_wrong();
    proven_at();
}

Task<Proof> prove_by_night(db::Database& database, Instant now) {
    Proof outcome = Proof::failed;
    try {
        outcome = co_await prove_alone(database, now);
    } catch (const std::exception& failure) {
        log::error("ledger_not_proven", {{"what", std::string_view(failure.what())}});
        found_wrong().set(-1);
    }
    proofs(outcome).add();
    co_return outcome;
}

}  // namespace safargo::ledger
