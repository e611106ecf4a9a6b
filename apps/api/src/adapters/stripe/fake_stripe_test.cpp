#include "adapters/stripe/fake_stripe_test.hpp"

#include "core/failures.hpp"
#include "core/percent_encoding.hpp"
#include "net/request_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

namespace safargo::stripe::test {
namespace {

using Fields = std::multimap<std::string, std::string>;

net::Response good(std::string body) {
    return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

net::Response error(int status, const std::string& type, const std::string& code = {}) {
    const std::string more = code.empty() ? "" : R"(,"code":")" + code + '"';
    return {.status = status, .body = R"({"error":{"type":")" + type + '"' + more + R"(,"message":"no"}})"};
}

net::Response invalid(const std::string& code) {
    return error(400, "invalid_request_error", code);
}

std::string header_of(const net::Request& request, const std::string& name) {
    for (const auto& [key, value] : request.headers) {
        if (key == name) return value;
    }
    return {};
}

Fields parse_form(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        fields.emplace(percent_decode(pair.substr(0, equals), Plus::space).value(),
                       percent_decode(pair.substr(equals + 1), Plus::space).value());
    }
    return fields;
}

std::string value_of(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

bool has_exactly(const Fields& fields, const std::set<std::string>& names) {
    return fields.size() == names.size() &&
           std::ranges::all_of(fields, [&](const auto& field) { return names.contains(field.first); });
}

// "/v1/a/ID/b" between these two; "" if it is another path.
std::string id_between(std::string_view path, std::string_view before, std::string_view after) {
    const std::size_t around = before.size() + after.size();
    if (path.size() <= around || !path.starts_with(before) || !path.ends_with(after)) return {};
    const std::string id(path.substr(before.size(), path.size() - around));
    return id.contains('/') ? std::string() : id;
}

std::string in_quotes(const std::string& text) {
    return '"' + text + '"';
}

}  // namespace

Task<net::Response> FakeStripe::answer(net::Request request) {
    net::check_request(request);
    requests.push_back(request);
    const Fault now = std::exchange(fault, Fault::none);
    if (now == Fault::unreachable) throw DependencyUnavailable("stripe", "unreachable");
    if (instead) {
        net::Response response = *std::exchange(instead, std::nullopt);
        co_return response;
    }
    net::Response response = judge(request);
    const bool lost = now == Fault::lost || (request.method == "POST" && std::exchange(lose_next_post, false));
    if (lost) throw DeadlineExceeded("stripe: no answer");
    co_return response;
}

net::Response FakeStripe::judge(const net::Request& request) {
    constexpr std::string_view base = "https://stripe.test";
    EXPECT_TRUE(request.url.starts_with(base)) << request.url;
    const std::string target = request.url.substr(base.size());
    const std::size_t mark = target.find('?');
    const std::string path = target.substr(0, mark);
    if (header_of(request, "Authorization") != std::string("Bearer ") + secret_key)
        return error(401, "invalid_request_error");
    if (header_of(request, "Stripe-Version") != "2026-10-28.endive") return invalid("wrong_version");
    if (request.method == "POST") return change(request, path);
    if (request.method != "GET" || !request.body.empty()) return invalid("method");
    return read(path, mark == target.npos ? Fields{} : parse_form(target.substr(mark + 1)));
}

// Only what reached Stripe's logic is remembered, whatever its status.
net::Response FakeStripe::change(const net::Request& request, const std::string& path) {
    const std::string key = header_of(request, "Idempotency-Key");
    if (key.empty() || key.size() > 255) return invalid("no_key");
    if (header_of(request, "Content-Type") != "application/x-www-form-urlencoded") return invalid("content_type");
    const std::string whole = path + '\n' + request.body;
    const auto known = keys_.find(key);
    if (known != keys_.end() && clock_.now() - known->second.at < std::chrono::hours{24}) {
        return known->second.request == whole ? known->second.response : error(400, "idempotency_error");
    }
    const net::Response response = carry_out(path, parse_form(request.body));
    keys_.insert_or_assign(key, Remembered{whole, response, clock_.now()});
    return response;
}

net::Response FakeStripe::carry_out(const std::string& path, const Fields& form) {
    if (path == "/v1/checkout/sessions") return create_session(form);
    if (path == "/v1/refunds") return create_refund(form);
    if (const std::string id = id_between(path, "/v1/checkout/sessions/", "/expire"); !id.empty()) {
        FakeSession* found = session(id);
        if (!found) return error(404, "invalid_request_error", "resource_missing");
        if (found->status != "open" || !form.empty()) return invalid("checkout_session_not_open");
        found->status = "expired";
        return good(show(*found, false));
    }
    if (const std::string id = id_between(path, "/v1/payment_intents/", "/capture"); !id.empty()) {
        FakeIntent* found = intent(id);
        return found ? capture(*found, form) : error(404, "invalid_request_error", "resource_missing");
    }
    if (const std::string id = id_between(path, "/v1/payment_intents/", "/cancel"); !id.empty()) {
        FakeIntent* found = intent(id);
        if (!found) return error(404, "invalid_request_error", "resource_missing");
        if (found->status == "succeeded" || found->status == "canceled" || !form.empty())
            return invalid("payment_intent_unexpected_state");
        found->status = "canceled";
        return good(show(*found, false));
    }
    return error(404, "invalid_request_error");
}

net::Response FakeStripe::create_session(const Fields& form) {
    const std::set<std::string> contract{"mode",
                                         "client_reference_id",
                                         "success_url",
                                         "cancel_url",
                                         "payment_method_types[0]",
                                         "line_items[0][quantity]",
                                         "line_items[0][price_data][currency]",
                                         "line_items[0][price_data][unit_amount]",
                                         "line_items[0][price_data][product_data][name]",
                                         "payment_intent_data[capture_method]",
                                         "payment_intent_data[metadata][payment]",
                                         "payment_intent_data[metadata][attempt]",
                                         "metadata[payment]",
                                         "metadata[attempt]"};
    const std::string method = value_of(form, "payment_intent_data[capture_method]");
    const std::int64_t amount = std::stoll(value_of(form, "line_items[0][price_data][unit_amount]"));
    const bool right = has_exactly(form, contract) && value_of(form, "mode") == "payment" && amount > 0 &&
                       amount <= 99'999'999 && value_of(form, "line_items[0][price_data][currency]") == "dzd" &&
                       (method == "manual" || method == "automatic") &&
                       value_of(form, "success_url").starts_with("https://");
    if (!right) return invalid("parameter_invalid");
    const std::string number = std::to_string(sessions.size() + 1);
    sessions.push_back({.id = "cs_test_" + number,
                        .expires_at = clock_.now() + std::chrono::hours{24},
                        .intent = {.id = "pi_" + number,
                                   .payment = value_of(form, "payment_intent_data[metadata][payment]"),
                                   .attempt = value_of(form, "payment_intent_data[metadata][attempt]"),
                                   .amount = amount,
                                   .manual = method == "manual"}});
    return good(show(sessions.back(), false));
}

net::Response FakeStripe::capture(FakeIntent& found, const Fields& form) {
    const std::int64_t amount = std::stoll(value_of(form, "amount_to_capture"));
    if (!has_exactly(form, {"amount_to_capture"}) || amount <= 0 || amount > found.amount)
        return invalid("amount_too_large");
    if (found.status != "requires_capture") return invalid("payment_intent_unexpected_state");
    found.status = "succeeded";
    found.received = amount;
    return good(show(found, false));
}

net::Response FakeStripe::create_refund(const Fields& form) {
    if (!has_exactly(form, {"payment_intent", "amount", "metadata[key]"})) return invalid("parameter_unknown");
    const FakeIntent* found = intent(value_of(form, "payment_intent"));
    if (!found) return error(404, "invalid_request_error", "resource_missing");
    std::int64_t left = found->received;
    for (const FakeRefund& refund : refunds) {
        if (refund.intent == found->id && refund.status != "failed") left -= refund.amount;
    }
    const std::int64_t amount = std::stoll(value_of(form, "amount"));
    if (amount <= 0 || amount > left) return invalid("charge_already_refunded");
    refunds.push_back({.id = "re_" + std::to_string(refunds.size() + 1),
                       .intent = found->id,
                       .key = value_of(form, "metadata[key]"),
                       .amount = amount});
    return good(R"({"object":"refund","status":"succeeded","id":)" + in_quotes(refunds.back().id) + '}');
}

net::Response FakeStripe::read(const std::string& path, const Fields& query) {
    const std::string expand = value_of(query, "expand[]");
    if (path == "/v1/refunds") {
        const std::string after = value_of(query, "starting_after");
        std::string list;
        std::size_t shown = 0;
        bool more = false, begun = after.empty();
        for (auto each = refunds.rbegin(); each != refunds.rend(); ++each) {  // the newest first
            if (each->intent != value_of(query, "payment_intent")) continue;
            if (begun && shown == page) more = true;
            if (begun && shown < page) {
                list += (shown++ == 0 ? "" : ",") + std::string(R"({"object":"refund","id":)") + in_quotes(each->id) +
                        R"(,"status":)" + in_quotes(each->status) + R"(,"metadata":{"key":)" + in_quotes(each->key) +
                        "}}";
            }
            begun = begun || each->id == after;
        }
        return good(R"({"object":"list","has_more":)" + std::string(more ? "true" : "false") + R"(,"data":[)" + list +
                    "]}");
    }
    if (path == "/v1/payment_intents/search") {
        std::string list;
        for (const FakeSession& each : sessions) {
            const std::string words = "metadata['payment']:'" + each.intent.payment + "' AND metadata['attempt']:'" +
                                      each.intent.attempt + "'";
            if (!each.tried || words != value_of(query, "query")) continue;
            list += (list.empty() ? "" : ",") + show(each.intent, expand == "data.latest_charge");
        }
        return good(R"({"object":"search_result","data":[)" + list + "]}");
    }
    if (const FakeSession* found = session(id_between(path, "/v1/checkout/sessions/", "")))
        return good(show(*found, expand == "payment_intent.latest_charge"));
    if (const FakeIntent* found = intent(id_between(path, "/v1/payment_intents/", "")))
        return good(show(*found, expand == "latest_charge"));
    return error(404, "invalid_request_error", "resource_missing");
}

void FakeStripe::pay(FakeSession& of) {
    ASSERT_EQ(of.status, "open");
    of.status = "complete";
    of.tried = true;
    of.intent.status = of.intent.manual ? "requires_capture" : "succeeded";
    of.intent.received = of.intent.manual ? 0 : of.intent.amount;
}

void FakeStripe::decline() {
    ASSERT_EQ(sessions.back().status, "open");
    sessions.back().tried = true;
}

FakeSession* FakeStripe::session(const std::string& id) {
    const auto found = std::ranges::find(sessions, id, &FakeSession::id);
    return found == sessions.end() ? nullptr : &*found;
}

FakeIntent* FakeStripe::intent(const std::string& id) {
    const auto found = std::ranges::find_if(sessions, [&](FakeSession& each) { return each.intent.id == id; });
    return found == sessions.end() ? nullptr : &found->intent;
}

std::string FakeStripe::show(const FakeIntent& of, bool expanded) const {
    const std::string charge =
        expanded ? R"({"object":"charge","payment_method_details":{"card":{"capture_before":1796000000}}})"
                 : R"("ch_1")";
    return R"({"object":"payment_intent","currency":"dzd","id":)" + in_quotes(of.id) + R"(,"status":)" +
           in_quotes(of.status) + R"(,"amount_received":)" + std::to_string(of.received) + R"(,"latest_charge":)" +
           charge + '}';
}

std::string FakeStripe::show(const FakeSession& of, bool expanded) const {
    const bool over = of.status == "open" && clock_.now() >= of.expires_at;
    const std::string intent_shown = !of.tried ? "null" : expanded ? show(of.intent, true) : in_quotes(of.intent.id);
    const std::string url = of.status == "open" ? in_quotes("https://checkout.stripe.test/" + of.id) : "null";
    const auto second = std::chrono::floor<std::chrono::seconds>(of.expires_at).time_since_epoch().count();
    return R"({"object":"checkout.session","id":)" + in_quotes(of.id) + R"(,"status":)" +
           in_quotes(over ? "expired" : of.status) + R"(,"url":)" + url + R"(,"expires_at":)" + std::to_string(second) +
           R"(,"payment_intent":)" + intent_shown + '}';
}

}  // namespace safargo::stripe::test
