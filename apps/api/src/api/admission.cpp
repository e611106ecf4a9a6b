#include "api/admission.hpp"

#include "contract/json.hpp"
#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <algorithm>
#include <charconv>

namespace safargo::api {
namespace {

bool is_at_least(Role role, Access access) {
    switch (access) {
        case Access::anyone:
        case Access::user:
            return true;
        case Access::driver:
            return role == Role::driver || role == Role::admin;
        case Access::moderator:
            return role == Role::moderator || role == Role::admin;
        case Access::admin:
            return role == Role::admin;
    }
    return false;
}

bool only_reads(http::Method method) {
    return method == http::Method::get || method == http::Method::head;
}

// A suspended account may read but not act; it may still sign out, and do what anybody may without an account.
bool is_closed_to_suspended(const Operation& operation) {
    return !only_reads(operation.method) && operation.access != Access::anyone && operation.tag != "auth";
}

std::optional<Code> refusal(const Operation& operation, const Caller& caller) {
    if (caller.status == AccountStatus::suspended && is_closed_to_suspended(operation)) return Code::account_suspended;
    if (!is_at_least(caller.role, operation.access)) {
        return operation.access == Access::driver ? Code::driver_required : Code::forbidden;
    }
    return std::nullopt;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() &&
           (text.front() == ' ' || text.front() == '\n' || text.front() == '\r' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_authorization(std::string_view header_name) {
    return http::equal_ignoring_case(header_name, "authorization");
}

Task<Result<Nothing>> authenticate(Runtime& runtime, http::Request& request) {
    const auto given = std::ranges::count_if(request.headers, is_authorization, &http::Headers::value_type::first);
    if (given > 1) co_return fail(Code::unauthenticated);  // a proxy might have checked the other one
    const std::string_view header = request.header("authorization");
    if (header.empty()) co_return Nothing{};
    constexpr std::string_view scheme = "bearer ";
    if (header.size() <= scheme.size() || !http::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) {
        co_return fail(Code::unauthenticated);
    }
    auto caller = co_await runtime.authenticator.authenticate(std::string(header.substr(scheme.size())));
    if (!caller) co_return std::unexpected(std::move(caller.error()));
    request.context.caller = *caller;
    co_return Nothing{};
}

// The version at the start of one of our entity tags, "12" or "12-…"; none for any other tag, nor for a weak one, which
// may stand for different content with the same meaning (RFC 9110, section 13.1.1).
std::optional<std::int64_t> version_of(std::string_view tag) {
    if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
    tag = tag.substr(1, tag.size() - 2);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    const bool whole = end == tag.data() + tag.size() || *end == '-' || *end == '.';
    if (error != std::errc{} || !whole || version < 0) return std::nullopt;
    return version;
}

// Fail open, see ports/rate_limiter.hpp.
Task<std::optional<RateDecision>> count(Runtime& runtime, UserId user, RateLimiter::Deadline deadline) {
    const std::string key = "user:" + user.str();
    try {
        co_return co_await runtime.limiter.take(key, runtime.rate_limit_per_user, runtime.rate_window, deadline);
    } catch (...) {
        log::warning("user_limit_not_counted", {{"error", std::string_view(describe_current_failure())}});
    }
    co_return std::nullopt;
}

}  // namespace

Task<Result<Nothing>> check_token(Runtime& runtime, http::Request& request) {
    return authenticate(runtime, request);
}

Task<Result<Nothing>> admit(const Operation& operation, Runtime& runtime, http::Request& request) {
    auto authenticated = co_await authenticate(runtime, request);
    if (!authenticated) co_return authenticated;
    const std::optional<Caller>& caller = request.context.caller;
    if (!caller) {
        if (operation.access == Access::anyone) co_return Nothing{};
        co_return fail(Code::unauthenticated);
    }
    request.user_rate = co_await count(runtime, caller->id, request.context.deadline);
    if (request.user_rate && !request.user_rate->allowed) {
        const auto wait = std::max(request.user_rate->reset, std::chrono::seconds{1});
        co_return fail(Error{.code = Code::rate_limited, .retry_after = wait});
    }
    if (const auto code = refusal(operation, *caller)) co_return fail(*code);
    co_return Nothing{};
}

Result<std::string_view> json_body(const http::Request& request) {
    const std::string_view type = request.header("content-type");
    const std::string_view media = trim(type.substr(0, type.find(';')));
    const bool json = http::equal_ignoring_case(media, "application/json") ||
                      http::equal_ignoring_case(media, "application/merge-patch+json");
    if (!json) return fail(Code::unsupported_media_type);
    return std::string_view(request.body);
}

Result<std::string_view> json_body(const http::Request& request, const Operation& operation) {
    if (operation.may_lack_body && trim(request.body).empty()) return "{}";
    return json_body(request);
}

Result<Nothing> no_body(const http::Request& request) {
    if (trim(request.body).empty()) return Nothing{};
    auto text = json_body(request);
    if (!text) return std::unexpected(std::move(text.error()));
    auto node = contract::read_json(*text);
    if (!node) return std::unexpected(std::move(node.error()));
    const auto* object = node->as<contract::Object>();
    if (object == nullptr) return fail("", {Rule::wrong_type, "object"});
    if (!object->empty()) return fail(object->front().name, {Rule::unknown_field});
    return Nothing{};
}

Result<IfMatch> read_if_match(const http::Request& request) {
    const std::string header = request.list("if-match");
    std::string_view rest = trim(header);
    if (rest.empty()) return fail(Code::precondition_required);
    if (rest == "*") return IfMatch::any();
    std::vector<std::int64_t> versions;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const auto version = version_of(trim(rest.substr(0, comma)));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        if (version) versions.push_back(*version);
    }
    if (versions.empty()) return fail(Code::precondition_failed);
    return IfMatch{std::move(versions)};
}

// An empty one is what a client sends that has seen no event. Several are a list, and no number.
Result<LastEventId> read_last_event_id(const http::Request& request) {
    const std::string header = request.list("last-event-id");
    if (header.empty()) return LastEventId{};
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), value);
    if (error != std::errc{} || end != header.data() + header.size() || value < 0) {
        return fail(Error{.code = Code::malformed_request, .fields = {{"Last-Event-ID", {Rule::not_an_integer}}}});
    }
    return LastEventId{value};
}

}  // namespace safargo::api
