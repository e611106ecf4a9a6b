// The modules of one thread and their combined declarations.
#pragma once

#include "platform/module.hpp"

#include <concepts>
#include <memory>
#include <vector>

namespace safargo::app {

class ModuleList {
public:
    ModuleList() = default;
    ModuleList(ModuleList&&) = default;
    ModuleList& operator=(ModuleList&&) = delete;
    ~ModuleList() {
        while (!modules_.empty()) modules_.pop_back();  // destroyed before the modules it depends on
    }

    template <std::derived_from<platform::Module> M, class... Parts>
    M& add(Parts&&... parts) {
        auto module = std::make_unique<M>(std::forward<Parts>(parts)...);
        M& added = *module;
        modules_.push_back(std::move(module));
        return added;
    }

    void add_routes(api::Endpoints& endpoints) const;
    void add_development_routes(http::Router& router) const;
    db::Subscriptions subscriptions() const;
    std::vector<platform::Job> jobs() const;
    std::vector<platform::PruningRule> pruning_rules() const;
    std::vector<platform::HealthCheck> health_checks() const;
    // One entry per module added so far.
    std::vector<platform::PersonalData> personal_data() const;

private:
    std::vector<std::unique_ptr<platform::Module>> modules_;
};

}  // namespace safargo::app
