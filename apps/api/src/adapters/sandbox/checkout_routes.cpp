#include "adapters/sandbox/checkout_routes.hpp"

#include "contract/json.hpp"
#include "http/loopback_name.hpp"
#include "http/problem.hpp"

namespace safargo::sandbox {
namespace {

struct Checkout {
    std::string reference;
    ChargeStatus status;
    Dinars amount;
};
BOOST_DESCRIBE_STRUCT(Checkout, (), (reference, status, amount))

struct Acting {
    CustomerAct act;
};
BOOST_DESCRIBE_STRUCT(Acting, (), (act))

Task<http::Response> show(SandboxProvider& provider, http::Request& request) {
    const std::string reference(request.params["reference"]);
    const std::optional<Charge> charge = co_await provider.find_charge(reference);
    if (!charge) co_return http::problem(Error{.code = Code::not_found}, request.context);
    co_return http::Response{.body = contract::to_json(Checkout{reference, charge->status, charge->amount})};
}

Task<http::Response> act(SandboxProvider& provider, http::Request& request) {
    const auto wanted = contract::parse_json<Acting>(request.body);
    if (!wanted) co_return http::problem(wanted.error(), request.context);
    const std::string reference(request.params["reference"]);
    const bool known = (co_await provider.find_charge(reference)).has_value();
    if (known && !co_await provider.act(reference, wanted->act)) {
        co_return http::problem(Error{.code = Code::illegal_transition}, request.context);
    }
    co_return co_await show(provider, request);
}

void add_route(http::Router& router, http::Method method, http::Handler handler) {
    router.add({.method = method,
                .pattern = "/dev/sandbox/checkouts/{reference}",
                .handler = http::for_loopback_names(std::move(handler))});
}

}  // namespace

void add_checkout_routes(http::Router& router, SandboxProvider& provider) {
    add_route(router, http::Method::get, [&provider](http::Request& request) { return show(provider, request); });
    add_route(router, http::Method::post, [&provider](http::Request& request) { return act(provider, request); });
}

}  // namespace safargo::sandbox
