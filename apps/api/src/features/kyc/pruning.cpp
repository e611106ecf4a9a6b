#include "features/kyc/pruning.hpp"

#include "features/kyc/limits.hpp"

namespace safargo::kyc {

// Until then they count for the daily limit, and messages about them can be written.
std::vector<platform::PruningRule> pruning_rules() {
    return {{{"prune_kyc_documents", R"(
        delete from kyc_documents where id = any(array(
            select id from kyc_documents where replaced_at is not null and replaced_at < $1 limit $2)))"},
             replaced_is_kept}};
}

}  // namespace safargo::kyc
