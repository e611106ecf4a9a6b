#include "features/live/pruning.hpp"

namespace safargo::live {
namespace {

using namespace std::chrono_literals;
using Rule = platform::PruningRule;

// Ids are as good as in order of time, so the oldest rows are found without another index. Rows that nobody read are
// counted as numbered: a client that comes back finds that some are missing.
constexpr Rule rules[] = {
    Rule{{"prune_user_events", R"(
        with old as materialized (
            select id, user_id, position from (
                select id, user_id, position, at from user_events order by id limit $2) oldest
            where at < $1
        ), unread as (
            update user_event_counts c set numbered = c.numbered + lost.events
            from (select user_id, count(*) as events from old where position is null group by user_id) lost
            where c.user_id = lost.user_id
        )
        delete from user_events where id in (select id from old))"},
         24h * 7},
};

}  // namespace

std::vector<Rule> pruning_rules() {
    return {std::begin(rules), std::end(rules)};
}

}  // namespace safargo::live
