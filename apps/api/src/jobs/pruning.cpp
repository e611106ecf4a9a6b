#include "jobs/pruning.hpp"

#include "api/idempotency.hpp"
#include "core/current_failure.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;
using Rule = platform::PruningRule;

constexpr Rule outbox_rules[] = {
    Rule{{"prune_outbox", R"(
        delete from outbox where id = any(array(
            select id from outbox where sent_at is not null and sent_at < $1 limit $2)))"},
         24h * 7},
    Rule{{"prune_dead_letters", R"(
        delete from outbox where id = any(array(
            select id from outbox where dead_at is not null and dead_at < $1 limit $2)))"},
         24h * 30},
};

constexpr std::int64_t batch = 5'000;

Task<std::int64_t> apply(const Rule& rule, db::Session& session, Instant now) {
    std::int64_t gone = 0;
    for (std::int64_t deleted = batch; deleted == batch;) {
        const db::Rows rows = co_await session.query(rule.statement, now - rule.kept, batch);
        deleted = rows.affected();
        gone += deleted;
    }
    co_return gone;
}

}  // namespace

std::vector<Rule> own_pruning_rules() {
    std::vector<Rule> rules(std::begin(outbox_rules), std::end(outbox_rules));
    rules.push_back({api::prune_answers(), api::answers_kept});
    return rules;
}

Task<std::int64_t> prune(db::Session& session, std::vector<Rule> rules, Instant now) {
    std::int64_t gone = 0;
    for (const Rule& rule : rules) {
        try {
            gone += co_await apply(rule, session, now);
        } catch (const DependencyUnavailable&) {
            throw;  // affects all rules
        } catch (...) {
            const std::string what = describe_current_failure();
            log::error("not_pruned", {{"rule", rule.statement.name}, {"what", std::string_view(what)}});
        }
    }
    co_return gone;
}

}  // namespace safargo::jobs
