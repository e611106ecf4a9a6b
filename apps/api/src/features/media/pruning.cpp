#include "features/media/pruning.hpp"

#include "features/media/limits.hpp"

namespace safargo::media {

// Of uploads that are swept, the row still answers who finishes or uses them too late.
std::vector<platform::PruningRule> pruning_rules() {
    return {{{"prune_uploads", R"(
        delete from uploads where id = any(array(
            select id from uploads where swept_at is not null and swept_at < $1 limit $2)))"},
             swept_is_kept}};
}

}  // namespace safargo::media
