#include "api/endpoints.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::api {
namespace {

// "/trips/{id}/start" -> "trips"
std::string first_segment(std::string_view path) {
    path.remove_prefix(1);
    return std::string(path.substr(0, path.find('/')));
}

void check_promises(const Endpoint& endpoint) {
    const Operation& operation = endpoint.operation;
    const std::string what = std::string(http::name(operation.method)) + ' ' + operation.path;
    const auto stands_in_path = [&](const std::string& name) { return operation.path.contains('{' + name + '}'); };
    if (std::ranges::count(operation.path, '{') != std::ssize(endpoint.path_names) ||
        !std::ranges::all_of(endpoint.path_names, stands_in_path)) {
        throw std::logic_error("path parameters and pattern disagree: " + what);
    }
    if (operation.idempotent && (!endpoint.transactional() || operation.access == Access::anyone)) {
        throw std::logic_error("an idempotency key needs a transaction and a login: " + what);
    }
    const bool for_all = operation.method == http::Method::get && operation.access == Access::anyone &&
                         operation.answers_all && operation.has_etag && !endpoint.transactional();
    if (operation.kept_in != nullptr && !for_all) {
        throw std::logic_error("only what is the same for everyone, and has an ETag, may be kept: " + what);
    }
}

}  // namespace

// Reserves the document's own schema names, so that no view takes them.
Endpoints::Endpoints(http::Router& router, Runtime& runtime) : router_(router), runtime_(runtime) {
    for (const std::string_view name : {"Problem", "Code", "Rule"}) {
        components_.reserve(name, "of the document", contract::Direction::response);
    }
}

Builder<> Endpoints::begin(http::Method method, std::string path, std::string summary, int status) {
    std::string tag = first_segment(path);
    return {*this, Operation{.method = method,
                             .path = std::move(path),
                             .summary = std::move(summary),
                             .tag = std::move(tag),
                             .status = status}};
}

void Endpoints::add(std::shared_ptr<const Endpoint> endpoint) {
    check_promises(*endpoint);
    const Operation& operation = endpoint->operation;
    operations_.push_back(operation);
    http::Route route{.method = operation.method,
                      .pattern = std::string(prefix) + operation.path,
                      .handler = [endpoint](http::Request& request) { return serve(endpoint, request); },
                      .needs_login = operation.access != Access::anyone};
    if (operation.raw_body) route.max_body = operation.raw_body->most;
    router_.add(std::move(route));
}

}  // namespace safargo::api
