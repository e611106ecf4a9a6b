#include "adapters/sendgrid/webhook.hpp"

#include "adapters/sendgrid/mail.hpp"
#include "adapters/sendgrid/outcomes.hpp"
#include "core/base64.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <chrono>

namespace safargo::sendgrid {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes tolerance{10};  // between the signature and its arrival
constexpr std::size_t most_events = 10'000;    // of a batch
constexpr std::size_t longest_key = 100;       // bytes of our own key
constexpr std::size_t longest_id = 100;        // bytes

crypto::P256PublicKey key_from(std::string_view text) {
    const auto der = from_base64(text);
    if (!der) throw std::invalid_argument("not base64");
    return crypto::P256PublicKey(*der);
}

// Seconds since 1970, with nothing around them.
std::optional<Instant> instant_of(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr std::int64_t far_future = 100'000'000'000;
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || seconds < 0 || seconds > far_future) return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
}

// "" if the event does not have it as text.
std::string_view text_in(const json::object& event, std::string_view name) {
    const json::value* value = event.if_contains(name);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

// Before the first dot stands what X-Message-Id said.
std::string id_in(const json::object& event) {
    const std::string_view id = text_in(event, "sg_message_id");
    const std::string_view ours = id.substr(0, id.find('.'));
    return ours.size() <= longest_id ? std::string(ours) : std::string();
}

std::optional<DeliveryReport> report_in(const json::object& event) {
    const std::string_view key = text_in(event, key_argument);
    if (key.empty() || key.size() > longest_key) return std::nullopt;
    auto receipt = receipt_of({.name = text_in(event, "event"),
                               .type = text_in(event, "type"),
                               .status = text_in(event, "status"),
                               .reason = text_in(event, "reason"),
                               .classification = text_in(event, "bounce_classification")});
    if (!receipt) return std::nullopt;
    receipt->provider_id = id_in(event);
    return DeliveryReport{std::string(key), std::move(*receipt)};
}

}  // namespace

SendGridReports::SendGridReports(std::string_view public_key, const Clock& clock)
    : key_(key_from(public_key)), clock_(clock) {}

std::optional<std::vector<DeliveryReport>> SendGridReports::read(const WebhookCall& call) const {
    const std::string_view timestamp = call.header("X-Twilio-Email-Event-Webhook-Timestamp");
    const auto signature = from_base64(call.header("X-Twilio-Email-Event-Webhook-Signature"));
    const auto signed_at = instant_of(timestamp);
    if (!signature || !signed_at) return std::nullopt;
    if (!key_.verifies(std::string(timestamp).append(call.body), *signature)) return std::nullopt;
    const auto age = clock_.now() - *signed_at;
    if (age > tolerance || age < -tolerance) return std::nullopt;
    return read_events(call.body);
}

std::optional<std::vector<DeliveryReport>> read_events(std::string_view body) {
    json::error_code error;
    json::parse_options options;
    options.max_depth = 16;
    const json::value batch = json::parse(body, error, json::make_shared_resource<json::monotonic_resource>(), options);
    const json::array* events = error ? nullptr : batch.if_array();
    if (!events || events->size() > most_events) return std::nullopt;
    std::vector<DeliveryReport> reports;
    for (const json::value& event : *events) {
        if (!event.is_object()) return std::nullopt;
        if (auto report = report_in(event.get_object())) reports.push_back(std::move(*report));
    }
    return reports;
}

}  // namespace safargo::sendgrid
