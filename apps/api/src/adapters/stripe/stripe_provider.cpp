#include "adapters/stripe/stripe_provider.hpp"

#include "adapters/stripe/form.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/percent_encoding.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace safargo::stripe {
namespace {

constexpr const char* vendor = "stripe";
constexpr const char* version = "2026-10-28.endive";
constexpr std::size_t longest_answer = std::size_t{2} << 20;  // bytes
constexpr int most_pages = 20;                                // of a payment's refunds

DependencyUnavailable unavailable(const std::string& why) {
    return {vendor, why};
}

// What a reading of its answer gives; an unreadable one leaves the outcome unknown.
template <class Read>
auto read(Read reading) {
    try {
        return reading();
    } catch (const BadAnswer& bad) {
        throw unavailable(bad.what());
    }
}

// A request that Stripe understood and does not carry out: 402 for a card, 400 for a state, 404 for what is not there.
bool is_refusal(int status) {
    return status == 400 || status == 402 || status == 404;
}

void log_refusal(const std::string& operation, const net::Response& response) {
    const std::string code = read_error(response.body);
    log::warning("stripe_refused", {{"operation", std::string_view(operation)},
                                    {"status", static_cast<long long>(response.status)},
                                    {"code", std::string_view(code)}});
}

AttemptState state_of(const Intent& intent) {
    if (intent.status == "requires_capture") return AttemptState::held;
    if (intent.status == "succeeded") return AttemptState::captured;
    if (intent.status == "canceled") return AttemptState::expired;
    const bool undecided = intent.status == "processing" || intent.status.starts_with("requires_");
    return undecided ? AttemptState::started : AttemptState::unknown;
}

Attempt attempt_of(const Intent& intent, std::string reference) {
    Attempt attempt{.reference = std::move(reference), .state = state_of(intent)};
    if (attempt.state == AttemptState::captured) attempt.captured = intent.received;
    if (attempt.state == AttemptState::held) attempt.capture_before = intent.capture_before;
    return attempt;
}

// A card that is declined leaves the page open: the customer may try another one.
Attempt attempt_of(const Session& session) {
    if (session.status == "complete" && session.intent) return attempt_of(*session.intent, session.id);
    Attempt attempt{.reference = session.id};
    if (session.status == "expired") attempt.state = AttemptState::expired;
    if (session.status == "open" && !session.url.empty()) {
        attempt.state = AttemptState::needs_action;
        attempt.action = CustomerAction{.url = session.url, .qr{}, .until = session.expires_at};
    }
    return attempt;
}

std::string checkout_form(const AttemptOrder& order) {
    const std::string number = std::to_string(order.name.number);
    Form form;
    form.add("mode", "payment")
        .add("client_reference_id", order.name.payment)
        .add("success_url", order.return_url)
        .add("cancel_url", order.return_url)
        .add("payment_method_types[0]", "card")
        .add("line_items[0][quantity]", 1)
        .add("line_items[0][price_data][currency]", "dzd")
        .add("line_items[0][price_data][unit_amount]", centimes_of(order.amount))
        .add("line_items[0][price_data][product_data][name]", "SafarGo")
        .add("payment_intent_data[capture_method]", order.take_at_once ? "automatic" : "manual")
        .add("payment_intent_data[metadata][payment]", order.name.payment)
        .add("payment_intent_data[metadata][attempt]", number)
        .add("metadata[payment]", order.name.payment)
        .add("metadata[attempt]", number);
    return form.text();
}

bool is_session(const std::string& reference) {
    return reference.starts_with("cs_");
}

std::string path_of(const std::string& kind, const std::string& id, const std::string& rest = {}) {
    return "/v1/" + kind + '/' + percent_encode(id) + rest;
}

}  // namespace

Task<net::Response> StripeProvider::ask(Call call) {
    net::Request request{.vendor = vendor,
                         .operation = call.operation,
                         .method = call.form.empty() && call.key.empty() ? "GET" : "POST",
                         .url = account_.api_base + call.path,
                         .headers = {{"Accept", "application/json"},
                                     {"Authorization", "Bearer " + account_.secret_key},
                                     {"Stripe-Version", version}},
                         .body = std::move(call.form),
                         .repeatable = true,  // the key makes the second time harmless
                         .max_answer = longest_answer};
    if (!call.key.empty()) {
        request.headers.emplace_back("Idempotency-Key", call.key);
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    }
    net::Response response = co_await send_(std::move(request));
    if (response.status / 100 == 2) co_return response;
    log_refusal(call.operation, response);
    // The key was used for something else, perhaps by a request that is still under way.
    if (!is_refusal(response.status) || read_error(response.body).starts_with("idempotency_error")) {
        throw unavailable(call.operation + " was answered " + std::to_string(response.status));
    }
    co_return response;
}

Task<std::optional<net::Response>> StripeProvider::look_up(Call call) {
    const std::string operation = call.operation;
    net::Response response = co_await ask(std::move(call));
    if (response.status == 404) co_return std::nullopt;
    if (response.status / 100 != 2) throw unavailable(operation + " was refused");
    co_return response;
}

Task<bool> StripeProvider::change(Call call) {
    const net::Response response = co_await ask(std::move(call));
    co_return response.status / 100 == 2;
}

Task<Attempt> StripeProvider::open(std::string key, AttemptOrder order) {
    if (order.return_url.empty()) throw std::logic_error("Stripe needs an address that its customers return to");
    const net::Response response = co_await ask({.operation = "create_checkout_session",
                                                 .path = "/v1/checkout/sessions",
                                                 .form = checkout_form(order),
                                                 .key = std::move(key)});
    if (response.status / 100 != 2) throw unavailable("it opens no checkout session");
    co_return attempt_of(read([&] { return read_session(response.body); }));
}

Task<Attempt> StripeProvider::hold(std::string, AttemptName name) {
    return now(std::move(name));  // the customer asks, on its page
}

Task<Attempt> StripeProvider::now(AttemptName name) {
    std::optional<Attempt> found = co_await find(std::move(name));
    if (!found) throw unavailable("it does not know what it opened");
    co_return std::move(*found);
}

Task<std::optional<Session>> StripeProvider::find_session(std::string id) {
    const auto response =
        co_await look_up({.operation = "retrieve_checkout_session",
                          .path = path_of("checkout/sessions", id, "?expand%5B%5D=payment_intent.latest_charge")});
    if (!response) co_return std::nullopt;
    co_return read([&] { return read_session(response->body); });
}

// Its index follows a minute behind; until then the key of the opening protects.
Task<std::optional<Intent>> StripeProvider::search(AttemptName name) {
    const std::string query =
        "metadata['payment']:'" + name.payment + "' AND metadata['attempt']:'" + std::to_string(name.number) + '\'';
    const auto response = co_await look_up(
        {.operation = "search_payment_intents",
         .path = "/v1/payment_intents/search?limit=10&expand%5B%5D=data.latest_charge&query=" + percent_encode(query)});
    if (!response) co_return std::nullopt;
    const std::vector<Intent> found = read([&] { return read_found_intents(response->body); });
    if (found.empty()) co_return std::nullopt;
    const auto has_money = [](const Intent& intent) {
        return intent.status == "requires_capture" || intent.status == "succeeded";
    };
    const auto paid = std::ranges::find_if(found, has_money);
    co_return paid == found.end() ? found.front() : *paid;
}

Task<std::optional<Attempt>> StripeProvider::find(AttemptName name) {
    if (is_session(name.reference)) {
        const std::optional<Session> session = co_await find_session(name.reference);
        if (!session) co_return std::nullopt;
        co_return attempt_of(*session);
    }
    const std::optional<Intent> intent = co_await find_intent(std::move(name));
    if (!intent) co_return std::nullopt;
    co_return attempt_of(*intent, intent->id);
}

Task<std::optional<Intent>> StripeProvider::find_intent(AttemptName name) {
    if (name.reference.empty()) co_return co_await search(std::move(name));
    if (is_session(name.reference)) {
        const std::optional<Session> session = co_await find_session(name.reference);
        co_return session ? session->intent : std::nullopt;
    }
    const auto response =
        co_await look_up({.operation = "retrieve_payment_intent",
                          .path = path_of("payment_intents", name.reference, "?expand%5B%5D=latest_charge")});
    if (!response) co_return std::nullopt;
    co_return read([&] { return read_intent(response->body); });
}

Task<Attempt> StripeProvider::capture(std::string key, AttemptName name, Dinars amount) {
    const std::optional<Intent> intent = co_await find_intent(name);
    if (!intent) throw unavailable("it does not know what it held");
    co_await change({.operation = "capture_payment_intent",
                     .path = path_of("payment_intents", intent->id, "/capture"),
                     .form = Form().add("amount_to_capture", centimes_of(amount)).text(),
                     .key = std::move(key)});
    co_return co_await now(std::move(name));
}

// An open page is closed; the hold of a paid one is cancelled.
Task<Attempt> StripeProvider::release(std::string key, AttemptName name) {
    std::optional<Session> session;
    if (is_session(name.reference)) session = co_await find_session(name.reference);
    if (session && session->status == "open") {
        co_await change({.operation = "expire_checkout_session",
                         .path = path_of("checkout/sessions", session->id, "/expire"),
                         .key = std::move(key)});
        co_return co_await now(std::move(name));
    }
    std::optional<Intent> intent;
    if (session) {
        intent = session->intent;
    } else {
        intent = co_await find_intent(name);
    }
    if (intent) {
        // Another key than that of the page, which may have been paid while it was being closed.
        co_await change({.operation = "cancel_payment_intent",
                         .path = path_of("payment_intents", intent->id, "/cancel"),
                         .key = key + ":cancel"});
    }
    co_return co_await now(std::move(name));
}

Task<bool> StripeProvider::refund(std::string key, AttemptName name, Dinars amount) {
    const std::optional<Intent> intent = co_await find_intent(std::move(name));
    if (!intent) co_return false;
    Form form;
    form.add("payment_intent", intent->id).add("amount", centimes_of(amount)).add("metadata[key]", key);
    const net::Response response =
        co_await ask({.operation = "create_refund", .path = "/v1/refunds", .form = form.text(), .key = std::move(key)});
    if (response.status / 100 != 2) co_return false;
    const Refund refund = read([&] { return read_refund(response.body); });
    co_return refund.status != "failed" && refund.status != "canceled";
}

Task<bool> StripeProvider::has_refunded(std::string key, AttemptName name) {
    const std::optional<Intent> intent = co_await find_intent(std::move(name));
    if (!intent) co_return false;
    std::string after;
    for (int pages = 0; pages < most_pages; ++pages) {
        const auto response =
            co_await look_up({.operation = "list_refunds",
                              .path = "/v1/refunds?limit=100&payment_intent=" + percent_encode(intent->id) + after});
        if (!response) co_return false;
        const RefundPage page = read([&] { return read_refunds(response->body); });
        for (const Refund& refund : page.refunds) {
            if (refund.key == key && refund.status != "failed" && refund.status != "canceled") co_return true;
        }
        if (!page.has_more || page.refunds.empty()) co_return false;
        after = "&starting_after=" + percent_encode(page.refunds.back().id);
    }
    throw unavailable("it lists too many refunds of one payment");
}

}  // namespace safargo::stripe
