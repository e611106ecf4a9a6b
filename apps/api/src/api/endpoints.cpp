#include "api/endpoints.hpp"

namespace safargo::api {
namespace {

// "/trips/{id}/start" -> "trips"
std::string first_segment(std::string_view path) {
    path.remove_prefix(1);
    return std::string(path.substr(0, path.find('/')));
}

}  // namespace

Builder<> Endpoints::begin(http::Method method, std::string path, std::string summary, int status) {
    std::string tag = first_segment(path);
    return {*this, Operation{.method = method,
                             .path = std::move(path),
                             .summary = std::move(summary),
                             .tag = std::move(tag),
                             .status = status}};
}

void Endpoints::add(Operation operation, http::Handler handler) {
    router_.add(
        {.method = operation.method, .pattern = std::string(prefix) + operation.path, .handler = std::move(handler)});
    operations_.push_back(std::move(operation));
}

}  // namespace safargo::api
