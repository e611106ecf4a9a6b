#include "load/tally.hpp"

#include <algorithm>
#include <numeric>

namespace safargo::load {

Tally::Tally(std::size_t mix_entries, TimePoint from, TimePoint until)
    : last_end(from), mix(mix_entries), from_(from), until_(until) {}

void Tally::add_answer(const Request& request, int status, std::string_view body_start, TimePoint now) {
    const bool good = request.choice.line.expects(status);
    if (good && now >= from_ && now < until_) ++answered_in_time;
    if (!request.measured) return;
    ++statuses[static_cast<std::size_t>(status)];
    if (!good) {
        add_failure(request, Failure::status, now);
        if (unexpected.size() == most_unexpected) return;
        const std::string path(request.choice.line.path());
        unexpected.push_back({request.choice.entry, path, status, std::string(body_start)});
        return;
    }
    end(now);
    const auto microseconds = std::max<std::int64_t>(0, (now - request.due).count() / 1'000);
    mix[request.choice.entry].latency.record(static_cast<std::uint64_t>(microseconds));
}

void Tally::add_failure(const Request& request, Failure failure, TimePoint now) {
    if (!request.measured) return;
    end(now);
    ++failures[static_cast<std::size_t>(failure)];
    ++mix[request.choice.entry].errors;
}

void Tally::add_dropped(const Request& request, TimePoint now) {
    if (!request.measured) return;
    end(now);
    ++dropped;
}

std::uint64_t Tally::errors() const {
    return std::accumulate(failures.begin(), failures.end(), std::uint64_t{0});
}

Histogram Tally::latency() const {
    Histogram all;
    for (const auto& part : mix) all.merge(part.latency);
    return all;
}

}  // namespace safargo::load
