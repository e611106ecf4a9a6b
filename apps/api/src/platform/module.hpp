// A feature as the rest of the program sees it: features/<noun>/module.hpp derives from this. A module owns its
// services for one thread, built from the Platform and the modules it depends on, and declares what the feature
// contributes. All modules are listed in app/modules.cpp.
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

// Each declaration is read by the thread that needs it, once all modules of that thread are built. The result refers to
// the module, which must outlive it.
class Module {
public:
    Module() = default;
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    virtual ~Module() = default;

    virtual void add_routes(api::Endpoints&) {}
    virtual void add_development_routes(http::Router&) {}  // never in production

    // Used only by the job thread, of which each process has one.
    virtual db::Subscriptions subscriptions() { return {}; }
    virtual std::vector<Job> jobs() { return {}; }
    virtual std::vector<PruningRule> pruning_rules() const { return {}; }
    virtual std::vector<HealthCheck> health_checks() { return {}; }

    virtual PersonalData personal_data() const { return {}; }
};

}  // namespace safargo::platform
