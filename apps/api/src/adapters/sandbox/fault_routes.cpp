#include "adapters/sandbox/fault_routes.hpp"

#include "contract/json.hpp"
#include "http/loopback_name.hpp"
#include "http/problem.hpp"

namespace safargo::sandbox {
namespace {

struct FaultList {
    std::vector<Fault> items;
};
BOOST_DESCRIBE_STRUCT(FaultList, (), (items))

Task<http::Response> add(SandboxProvider& provider, http::Request& request) {
    const auto fault = contract::parse_json<Fault>(request.body);
    if (!fault) co_return http::problem(fault.error(), request.context);
    co_await provider.add_fault(*fault);
    co_return http::Response{.status = 201, .body = contract::to_json(*fault)};
}

Task<http::Response> list(SandboxProvider& provider) {
    co_return http::Response{.body = contract::to_json(FaultList{co_await provider.faults()})};
}

Task<http::Response> clear(SandboxProvider& provider) {
    co_await provider.clear_faults();
    co_return http::Response{.status = 204};
}

void add_route(http::Router& router, http::Method method, http::Handler handler) {
    router.add(
        {.method = method, .pattern = "/dev/sandbox/faults", .handler = http::for_loopback_names(std::move(handler))});
}

}  // namespace

void add_fault_routes(http::Router& router, SandboxProvider& provider) {
    add_route(router, http::Method::post, [&provider](http::Request& request) { return add(provider, request); });
    add_route(router, http::Method::get, [&provider](http::Request&) { return list(provider); });
    add_route(router, http::Method::delete_, [&provider](http::Request&) { return clear(provider); });
}

}  // namespace safargo::sandbox
