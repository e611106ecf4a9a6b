// Whether another system answered when it was last asked, and how quickly.
#pragma once

#include "core/task.hpp"
#include "platform/health_check.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace safargo::app {

class Reachability {
public:
    // Asks once by a task that throws if the system cannot be used. What it throws is logged when the state changes.
    Task<void> look(std::string name, std::function<Task<void>()> ask);

    // {status: ok|down, latency_ms}; down until the first answer. A process whose `name` is down still serves.
    static platform::HealthCheck check(std::string name, std::shared_ptr<const Reachability> reachability);

private:
    void found(const std::string& name, bool up, const std::string& what);

    std::atomic<bool> known_ = false, up_ = false;
    std::atomic<double> latency_ms_ = 0;
};

}  // namespace safargo::app
