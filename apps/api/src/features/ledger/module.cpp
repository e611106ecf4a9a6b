#include "features/ledger/module.hpp"

#include "features/ledger/nightly_proof.hpp"
#include "features/ledger/personal_data.hpp"

namespace safargo::ledger {
namespace {

// The direct address: a proof is one long transaction under an advisory lock.
db::Options proof_options(const Config& config) {
    db::Options options;
    options.url = config.database_direct_url;
    options.pool_size = 2;  // the advisory lock, and the snapshot
    options.statement_timeout = proof_limit;
    options.application_name = "safargo-proof";
    return options;
}

Task<void> prove(db::Database& database, Instant now) {
    co_await prove_by_night(database, now);
}

}  // namespace

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    register_proof_metrics();
    proof_database_ = platform_.open_database(proof_options(platform_.config));
    return {{"prove_ledger", 24h, [this](Instant now) { return prove(*proof_database_, now); }, false}};
}

platform::PersonalData Module::personal_data() const {
    return ledger::personal_data();
}

}  // namespace safargo::ledger
