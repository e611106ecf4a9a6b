#include "net/outbound_record.hpp"

#include "core/logging.hpp"

namespace safargo::net {
namespace {

// "2xx" to "5xx" for answers, else how it ended.
std::string_view outcome_of(Ending ending, int status) {
    if (ending != Ending::answered) return name(ending);
    constexpr std::string_view classes[] = {"2xx", "3xx", "4xx", "5xx"};
    return status >= 200 && status < 600 ? classes[status / 100 - 2] : "other";
}

}  // namespace

void OutboundMetrics::record(const std::string& vendor, const std::string& operation, std::string_view outcome,
                             double seconds) {
    auto counted = outcomes_.find(std::tie(vendor, operation, outcome));
    if (counted == outcomes_.end()) {
        counted = outcomes_
                      .emplace(std::tuple(vendor, operation, std::string(outcome)),
                               metrics::counter(
                                   "safargo_outbound_requests_total", "Requests to other systems.",
                                   {{"vendor", vendor}, {"operation", operation}, {"outcome", std::string(outcome)}}))
                      .first;
    }
    counted->second.add();
    auto timed = durations_.find({vendor, operation});
    if (timed == durations_.end()) {
        timed =
            durations_
                .emplace(std::pair(vendor, operation),
                         metrics::histogram("safargo_outbound_request_duration_seconds",
                                            "Requests to other systems, with their repetitions.",
                                            metrics::duration_bounds(), {{"vendor", vendor}, {"operation", operation}}))
                .first;
    }
    timed->second.observe(seconds);
}

void OutboundMetrics::repeated(const std::string& vendor, const std::string& operation) {
    auto counted = repetitions_.find({vendor, operation});
    if (counted == repetitions_.end()) {
        counted = repetitions_
                      .emplace(std::pair(vendor, operation),
                               metrics::counter("safargo_outbound_repetitions_total",
                                                "Attempts after the first of requests to other systems.",
                                                {{"vendor", vendor}, {"operation", operation}}))
                      .first;
    }
    counted->second.add();
}

OutboundRecord::OutboundRecord(OutboundMetrics& metrics, const Request& request)
    : metrics_(metrics), request_(request) {}

OutboundRecord::~OutboundRecord() {
    const auto took = std::chrono::steady_clock::now() - began_;
    const std::string_view outcome = outcome_of(ending_, status_);
    metrics_.record(request_.vendor, request_.operation, outcome, std::chrono::duration<double>(took).count());
    // Refused by us, thousands of times a second perhaps; that the circuit opened has its own line.
    const bool loud = ending_ != Ending::answered && ending_ != Ending::circuit_open && ending_ != Ending::cancelled;
    (loud ? log::warning : log::info)("outbound",
                                      {{"vendor", std::string_view(request_.vendor)},
                                       {"operation", std::string_view(request_.operation)},
                                       {"outcome", outcome},
                                       {"status", static_cast<long long>(status_)},
                                       {"attempts", attempts_},
                                       {"duration_ms", std::chrono::duration<double, std::milli>(took).count()},
                                       {"request_id", std::string_view(request_.request_id)}});
}

void OutboundRecord::ended(Ending ending, int status) {
    ending_ = ending;
    status_ = status;
}

void OutboundRecord::repeated() {
    ++attempts_;
    metrics_.repeated(request_.vendor, request_.operation);
}

}  // namespace safargo::net
