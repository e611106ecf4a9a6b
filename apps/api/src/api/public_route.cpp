#include "api/public_route.hpp"

#include "api/admission.hpp"
#include "core/failures.hpp"
#include "http/problem.hpp"

namespace safargo::api {
namespace {

Task<Result<Nothing>> check_if_possible(Runtime& runtime, http::Request& request) {
    try {
        co_return co_await check_token(runtime, request);
    } catch (const DependencyUnavailable&) {
    } catch (const DeadlineExceeded&) {
    }
    co_return Nothing{};
}

Task<http::Response> pass(Runtime& runtime, std::shared_ptr<const http::Handler> handler, http::Request& request) {
    const auto checked = co_await check_if_possible(runtime, request);
    if (!checked) co_return http::problem(checked.error(), request.context);
    co_return co_await (*handler)(request);
}

}  // namespace

Gate token_gate(Runtime& runtime) {
    return [&runtime](http::Handler handler) -> http::Handler {
        return [&runtime, shared = std::make_shared<const http::Handler>(std::move(handler))](http::Request& request) {
            return pass(runtime, shared, request);
        };
    };
}

}  // namespace safargo::api
