// A feature as the rest of the program sees it: features/<noun>/module.hpp derives from this. A module owns the
// services of one thread, built from the Platform and from the modules it stands on, and declares what the feature
// contributes. app/modules.cpp lists all of them.
#pragma once

#include "api/endpoints.hpp"
#include "db/outbox.hpp"
#include "http/router.hpp"
#include "platform/health_check.hpp"
#include "platform/job.hpp"
#include "platform/personal_data.hpp"
#include "platform/pruning.hpp"

#include <vector>

namespace safargo::platform {

// Each declaration is asked for by the thread that needs it, when all modules of the thread are built. What is answered
// refers to the module, which outlives it.
class Module {
public:
    Module() = default;
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    virtual ~Module() = default;

    virtual void add_routes(api::Endpoints&) {}
    virtual void add_development_routes(http::Router&) {}  // never in production

    // These by the thread of the jobs alone, of which there is one in a process.
    virtual db::Subscriptions subscriptions() { return {}; }
    virtual std::vector<Job> jobs() { return {}; }
    virtual std::vector<PruningRule> pruning_rules() const { return {}; }
    virtual std::vector<HealthCheck> health_checks() { return {}; }

    virtual PersonalData personal_data() const { return {}; }
};

}  // namespace safargo::platform
