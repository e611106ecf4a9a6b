// Whether this replica should get traffic; load balancers read it at /health/ready.
#pragma once

#include <atomic>

namespace safargo::http {

class Readiness {
public:
    enum class Phase { starting, ready, draining };

    Phase phase() const { return phase_.load(std::memory_order_acquire); }
    bool ready() const { return phase() == Phase::ready; }

    // Starting becomes ready; draining stays draining.
    void set_ready() {
        Phase expected = Phase::starting;
        phase_.compare_exchange_strong(expected, Phase::ready, std::memory_order_acq_rel);
    }
    void set_draining() { phase_.store(Phase::draining, std::memory_order_release); }

private:
    std::atomic<Phase> phase_{Phase::starting};
};

}  // namespace safargo::http
