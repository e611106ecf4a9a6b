#include "adapters/stripe/answers.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace safargo::stripe {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_word = 255, longest_url = 4'096;  // bytes
constexpr std::size_t longest_list = 100;
constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999

[[noreturn]] void refuse(std::string_view where) {
    throw BadAnswer("unreadable answer: " + std::string(where));
}

json::value parse(std::string_view body) {
    json::error_code error;
    json::parse_options options;
    options.max_depth = 32;
    json::value value = json::parse(body, error, {}, options);
    if (error || !value.is_object()) refuse("JSON");
    return value;
}

const json::object& object_of(const json::value& value, std::string_view where) {
    const json::object* object = value.if_object();
    if (!object) refuse(where);
    return *object;
}

// Null and absent are the same to Stripe.
const json::value* find(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && !found->is_null() ? found : nullptr;
}

const json::object* find_object(const json::object& object, std::string_view key) {
    const json::value* found = find(object, key);
    return found ? &object_of(*found, key) : nullptr;
}

std::string text_at(const json::object& object, std::string_view key, std::size_t longest = longest_word) {
    const json::value* found = find(object, key);
    const json::string* text = found ? found->if_string() : nullptr;
    if (!text || text->empty() || text->size() > longest) refuse(key);
    return {text->data(), text->size()};
}

std::string text_if(const json::object& object, std::string_view key, std::size_t longest = longest_word) {
    return find(object, key) ? text_at(object, key, longest) : std::string();
}

std::int64_t integer_at(const json::object& object, std::string_view key, std::int64_t most) {
    const json::value* found = find(object, key);
    if (!found) refuse(key);
    json::error_code error;
    const auto number = found->to_number<std::int64_t>(error);
    if (error || found->is_double() || number < 0 || number > most) refuse(key);
    return number;
}

std::optional<Instant> second_if(const json::object& object, std::string_view key) {
    if (!find(object, key)) return std::nullopt;
    return Instant{std::chrono::seconds{integer_at(object, key, last_second)}};
}

// An id starts with what it is of, and stands in a path.
std::string id_at(const json::object& object, std::string_view prefix) {
    const std::string id = text_at(object, "id");
    const bool plain = std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!id.starts_with(prefix) || !plain) refuse("id");
    return id;
}

void expect_object(const json::object& object, std::string_view name) {
    if (text_at(object, "object") != name) refuse("object");
}

std::optional<Instant> capture_before_of(const json::object& intent) {
    const json::value* charge = find(intent, "latest_charge");
    if (!charge || !charge->is_object()) return std::nullopt;  // not expanded: its id
    const json::object* details = find_object(charge->get_object(), "payment_method_details");
    const json::object* card = details ? find_object(*details, "card") : nullptr;
    return card ? second_if(*card, "capture_before") : std::nullopt;
}

Intent intent_of(const json::object& object) {
    expect_object(object, "payment_intent");
    if (text_at(object, "currency") != "dzd") refuse("currency");
    const std::int64_t received = integer_at(object, "amount_received", std::numeric_limits<std::int64_t>::max());
    if (received % 100 != 0) refuse("amount_received");  // we never ask for centimes
    return {.id = id_at(object, "pi_"),
            .status = text_at(object, "status"),
            .received = Dinars{received / 100},
            .capture_before = capture_before_of(object)};
}

Refund refund_of(const json::object& object) {
    expect_object(object, "refund");
    const json::object* metadata = find_object(object, "metadata");
    return {.id = id_at(object, ""),
            .status = text_at(object, "status"),
            .key = metadata ? text_if(*metadata, "key") : std::string()};
}

const json::array& list_of(const json::object& object) {
    const json::value* data = find(object, "data");
    const json::array* list = data ? data->if_array() : nullptr;
    if (!list || list->size() > longest_list) refuse("data");
    return *list;
}

}  // namespace

Session read_session(std::string_view body) {
    const json::value value = parse(body);
    const json::object& object = value.get_object();
    expect_object(object, "checkout.session");
    Session session{.id = id_at(object, "cs_"),
                    .status = text_at(object, "status"),
                    .url = text_if(object, "url", longest_url),
                    .expires_at = second_if(object, "expires_at"),
                    .intent = std::nullopt};
    const json::value* intent = find(object, "payment_intent");
    if (intent && intent->is_object()) session.intent = intent_of(intent->get_object());
    return session;
}

Intent read_intent(std::string_view body) {
    const json::value value = parse(body);
    return intent_of(value.get_object());
}

std::vector<Intent> read_found_intents(std::string_view body) {
    const json::value value = parse(body);
    std::vector<Intent> intents;
    for (const json::value& each : list_of(value.get_object())) intents.push_back(intent_of(object_of(each, "data")));
    return intents;
}

Refund read_refund(std::string_view body) {
    const json::value value = parse(body);
    return refund_of(value.get_object());
}

RefundPage read_refunds(std::string_view body) {
    const json::value value = parse(body);
    const json::object& object = value.get_object();
    RefundPage page;
    for (const json::value& each : list_of(object)) page.refunds.push_back(refund_of(object_of(each, "data")));
    const json::value* more = find(object, "has_more");
    if (!more || !more->is_bool()) refuse("has_more");
    page.has_more = more->get_bool();
    return page;
}

std::string read_error(std::string_view body) {
    try {
        const json::value value = parse(body);
        const json::object* error = find_object(value.get_object(), "error");
        if (!error) return {};
        const std::string code = text_if(*error, "code");
        return text_at(*error, "type") + (code.empty() ? "" : '/' + code);
    } catch (const BadAnswer&) {
        return {};
    }
}

}  // namespace safargo::stripe
