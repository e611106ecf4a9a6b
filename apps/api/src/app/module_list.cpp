#include "app/module_list.hpp"

namespace safargo::app {
namespace {

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    for (T& one : more) all.push_back(std::move(one));
}

}  // namespace

void ModuleList::add_routes(api::Endpoints& endpoints) const {
    for (const auto& module : modules_) module->add_routes(endpoints);
}

void ModuleList::add_development_routes(http::Router& router) const {
    for (const auto& module : modules_) module->add_development_routes(router);
}

db::Subscriptions ModuleList::subscriptions() const {
    db::Subscriptions all;
    for (const auto& module : modules_) append(all, module->subscriptions());
    return all;
}

std::vector<platform::Job> ModuleList::jobs() const {
    std::vector<platform::Job> all;
    for (const auto& module : modules_) append(all, module->jobs());
    return all;
}

std::vector<platform::PruningRule> ModuleList::pruning_rules() const {
    std::vector<platform::PruningRule> all;
    for (const auto& module : modules_) append(all, module->pruning_rules());
    return all;
}

std::vector<platform::HealthCheck> ModuleList::health_checks() const {
    std::vector<platform::HealthCheck> all;
    for (const auto& module : modules_) append(all, module->health_checks());
    return all;
}

std::vector<platform::PersonalData> ModuleList::personal_data() const {
    std::vector<platform::PersonalData> all;
    all.reserve(modules_.size());
    for (const auto& module : modules_) all.push_back(module->personal_data());
    return all;
}

}  // namespace safargo::app
