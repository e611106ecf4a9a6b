#include "jobs/standard_jobs.hpp"

#include "jobs/outbox_watch.hpp"
#include "jobs/pruning.hpp"

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;

Task<void> prune_served(db::Database& database, std::vector<platform::PruningRule> rules, Instant now) {
    co_await prune(database, std::move(rules), now);
}

}  // namespace

std::vector<Job> standard_jobs(db::Database& database, std::vector<platform::PruningRule> pruned) {
    std::vector<platform::PruningRule> rules = own_pruning_rules();
    rules.insert(rules.end(), pruned.begin(), pruned.end());
    return {
        {"watch_outbox", 60s, [&database](Instant now) { return watch_outbox(database, now); }},
        {"prune_served", 3600s, [&database, rules](Instant now) { return prune_served(database, rules, now); }},
    };
}

}  // namespace safargo::jobs
