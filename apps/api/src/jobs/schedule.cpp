#include "jobs/schedule.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <algorithm>

namespace safargo::jobs {
namespace {

Instant next_multiple(std::chrono::seconds period, Instant now) {
    const auto since_epoch = now.time_since_epoch();
    return now - since_epoch % period + period;
}

Task<void> run_logged(const Job& job, Instant now) {
    try {
        co_await job.run(now);
    } catch (...) {
        const std::string what = describe_current_failure();
        log::error("job_failed", {{"job", std::string_view(job.name)}, {"what", std::string_view(what)}});
    }
}

}  // namespace

Schedule::Schedule(std::vector<Job> jobs) {
    for (Job& job : jobs) entries_.push_back({std::move(job), Instant{}});
}

Task<std::vector<std::string>> Schedule::run_once(Instant now) {
    std::vector<std::string> ran;
    const bool starting = !started_;
    started_ = true;
    for (Entry& entry : entries_) {
        if (now < entry.due) continue;
        entry.due = next_multiple(entry.job.every, now);
        if (starting && !entry.job.at_start) continue;
        ran.push_back(entry.job.name);
        co_await run_logged(entry.job, now);
    }
    co_return ran;
}

Instant Schedule::next_due() const {
    if (entries_.empty()) return Instant::max();
    return std::ranges::min(entries_, {}, &Entry::due).due;
}

}  // namespace safargo::jobs
