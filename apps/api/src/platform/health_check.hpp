// What health says of one system, declared by whoever connects to it.
#pragma once

#include "contract/json.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <functional>
#include <optional>
#include <string>

namespace safargo::platform {

// How much of SafarGo a finding concerns: the worst one of all checks is the state of the process.
enum class Health { ok, degraded, down };
BOOST_DESCRIBE_ENUM(Health, ok, degraded, down)

struct HealthFinding {
    std::string shown;  // a JSON object that begins with `status`
    Health health = Health::ok;
    bool serves = true;  // false: no replica in this state should get traffic
};

struct HealthCheck {
    std::string name;                    // its key in `checks`
    std::function<HealthFinding()> now;  // from any thread; tells what is known, waits for nothing
};

// What most systems tell.
struct DependencyStatus {
    std::string status;  // ok, down, disabled
    std::optional<double> latency_ms;
};
BOOST_DESCRIBE_STRUCT(DependencyStatus, (), (status, latency_ms))

// A system that is not configured: its feature is off, or something in this process stands in for it.
inline HealthCheck disabled(std::string name) {
    return {std::move(name),
            [] { return HealthFinding{.shown = contract::to_json(DependencyStatus{"disabled", std::nullopt})}; }};
}

}  // namespace safargo::platform
