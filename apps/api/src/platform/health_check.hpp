// The health of one system, declared by the code that connects to it.
#pragma once

#include "contract/json.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <functional>
#include <optional>
#include <string>

namespace safargo::platform {

// How much of SafarGo a finding affects; the worst one is the state of the process.
enum class Health { ok, degraded, down };
BOOST_DESCRIBE_ENUM(Health, ok, degraded, down)

struct HealthFinding {
    std::string shown;  // a JSON object that begins with `status`
    Health health = Health::ok;
    bool serves = true;  // false: a replica in this state should get no traffic
};

struct HealthCheck {
    std::string name;                    // its key in `checks`
    std::function<HealthFinding()> now;  // callable from any thread; reports the last known state, waits for nothing
};

// The report of most systems.
struct DependencyStatus {
    std::string status;  // ok, down, disabled
    std::optional<double> latency_ms;
};
BOOST_DESCRIBE_STRUCT(DependencyStatus, (), (status, latency_ms))

// A system that is not configured: its feature is off, or a part of this process replaces it.
inline HealthCheck disabled(std::string name) {
    return {std::move(name),
            [] { return HealthFinding{.shown = contract::to_json(DependencyStatus{"disabled", std::nullopt})}; }};
}

}  // namespace safargo::platform
