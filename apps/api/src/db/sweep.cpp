#include "db/sweep.hpp"

#include "core/logging.hpp"
#include "core/metrics.hpp"

namespace safargo::db {
namespace {

constexpr std::string_view lock_not_available = "55P03";

bool was_locked(const std::exception& failure) {
    const auto* refused = dynamic_cast<const DatabaseError*>(&failure);
    return refused != nullptr && refused->sqlstate == lock_not_available;
}

}  // namespace

void report_unswept(std::string_view event, const std::string& id, const std::exception& failure) {
    if (was_locked(failure)) {
        log::info("row_locked", {{"for", event}, {"id", std::string_view(id)}});
        return;
    }
    log::error(event, {{"id", std::string_view(id)}, {"what", std::string_view(failure.what())}});
    metrics::counter("safargo_sweep_failures_total", "Rows that a job could not work on, by what failed.",
                     {{"event", std::string(event)}})
        .add();
}

}  // namespace safargo::db
