// The record of each outbound request: metrics by vendor and operation, and one line in the log. Neither contains URLs,
// headers or bodies.
#pragma once

#include "core/metrics.hpp"
#include "net/client.hpp"
#include "net/ending.hpp"

#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace safargo::net {

// One per client; keeps metric handles. Vendors and operations are constants in code, so it soon stops growing.
class OutboundMetrics {
public:
    void record(const std::string& vendor, const std::string& operation, std::string_view outcome, double seconds);
    void repeated(const std::string& vendor, const std::string& operation);

private:
    std::map<std::tuple<std::string, std::string, std::string>, metrics::Counter, std::less<>> outcomes_;
    std::map<std::pair<std::string, std::string>, metrics::Histogram> durations_;
    std::map<std::pair<std::string, std::string>, metrics::Counter> repetitions_;
};

// Of one request with its repetitions; written when destroyed.
class OutboundRecord {
public:
    OutboundRecord(OutboundMetrics& metrics, const Request& request);  // both must outlive it
    ~OutboundRecord();
    OutboundRecord(const OutboundRecord&) = delete;
    OutboundRecord& operator=(const OutboundRecord&) = delete;

    void ended(Ending ending, int status = 0);  // otherwise it was cancelled
    void repeated();

private:
    OutboundMetrics& metrics_;
    const Request& request_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    Ending ending_ = Ending::cancelled;
    int status_ = 0;
    long long attempts_ = 1;
};

}  // namespace safargo::net
