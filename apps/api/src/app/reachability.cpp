#include "app/reachability.hpp"

#include "core/failures.hpp"
#include "core/logging.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace safargo::app {

Task<void> Reachability::look(std::string name, std::function<Task<void>()> ask) {
    const auto before = std::chrono::steady_clock::now();
    bool up = false;
    std::string what;
    try {
        co_await ask();
        up = true;
    } catch (const DependencyUnavailable& failure) {
        what = failure.what();
    } catch (const DeadlineExceeded& failure) {
        what = failure.what();
    }
    latency_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
    found(name, up, what);
}

void Reachability::found(const std::string& name, bool up, const std::string& what) {
    const bool changed = up != up_.exchange(up) || !known_.exchange(true);
    if (!changed) return;
    if (up) {
        log::info("dependency_up", {{"name", std::string_view(name)}});
    } else {
        log::error("dependency_down", {{"name", std::string_view(name)}, {"what", std::string_view(what)}});
    }
}

platform::HealthCheck Reachability::check(std::string name, std::shared_ptr<const Reachability> reachability) {
    return {std::move(name), [reachability = std::move(reachability)] {
                const bool up = reachability->up_;
                const platform::DependencyStatus status{
                    up ? "ok" : "down", up ? std::optional(reachability->latency_ms_.load()) : std::nullopt};
                return platform::HealthFinding{.shown = contract::to_json(status),
                                               .health = up ? platform::Health::ok : platform::Health::degraded};
            }};
}

}  // namespace safargo::app
