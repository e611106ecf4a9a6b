#include "adapters/twilio/webhook.hpp"

#include "adapters/twilio/answers.hpp"
#include "adapters/twilio/outcomes.hpp"
#include "contract/query.hpp"
#include "core/base64.hpp"
#include "core/crypto.hpp"
#include "core/vendor_signatures.hpp"

#include <algorithm>
#include <charconv>
#include <span>

namespace safargo::twilio {
namespace {

constexpr std::size_t longest_key = 100;    // bytes of our own key
constexpr std::size_t longest_status = 64;  // bytes

std::string_view value_of(const Parameters& parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, &Parameters::value_type::first);
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::string keyed_digest(std::string_view token, Digest digest, std::string_view text) {
    if (digest == Digest::sha1) return crypto::hmac_sha1(token, text);
    const std::span key(reinterpret_cast<const std::uint8_t*>(token.data()), token.size());
    return std::string(crypto::view(crypto::hmac_sha256(key, text)));
}

// "key=…,algorithm=HMAC_SHA256"; without this header it is SHA-1. nullopt for what we do not know.
std::optional<Digest> digest_of(std::string_view settings) {
    if (settings.empty()) return Digest::sha1;
    constexpr std::string_view name = "algorithm=";
    const std::size_t at = settings.find(name);
    if (at == settings.npos) return std::nullopt;
    std::string_view algorithm = settings.substr(at + name.size());
    algorithm = algorithm.substr(0, algorithm.find(','));
    if (algorithm == "HMAC_SHA1") return Digest::sha1;
    if (algorithm == "HMAC_SHA256") return Digest::sha256;
    return std::nullopt;
}

// nullopt if a report has parts that a report cannot have.
std::optional<DeliveryReport> report_of(std::string_view key, const Parameters& form) {
    const std::string_view sid = value_of(form, "MessageSid"), status = value_of(form, "MessageStatus"),
                           error = value_of(form, "ErrorCode");
    const auto code = number_of(error);
    if (key.empty() || key.size() > longest_key || !is_message_sid(sid)) return std::nullopt;
    if (status.empty() || status.size() > longest_status || (!error.empty() && !code)) return std::nullopt;
    DeliveryReport report{std::string(key), receipt_of(status, code)};
    report.receipt.provider_id = sid;
    return report;
}

}  // namespace

std::string signature_of(std::string_view token, Digest digest, std::string_view url, Parameters form) {
    std::ranges::sort(form);
    std::string text(url);
    for (const auto& [name, value] : form) text.append(name).append(value);
    return base64(keyed_digest(token, digest, text));
}

std::string other_spelling(std::string_view url) {
    const std::size_t host = url.find("://") + 3;
    const std::string_view port = url.starts_with("https://") ? ":443" : ":80";
    const std::size_t end = std::min(url.find_first_of("/?", host), url.size());
    const std::string_view authority = url.substr(0, end), rest = url.substr(end);
    const std::size_t bracket = authority.rfind(']');  // an IPv6 address is full of colons
    const std::size_t colon = authority.find(':', bracket == authority.npos ? host : bracket);
    if (colon == authority.npos) return std::string(authority).append(port).append(rest);
    if (authority.substr(colon) != port) return std::string(url);
    return std::string(authority.substr(0, colon)).append(rest);
}

// The URL is the one that we gave Twilio, whatever host the caller names.
bool TwilioReports::is_signed(const WebhookCall& call, const Parameters& form) const {
    const auto digest = digest_of(call.header("X-Twilio-Webhooks-Signature-Settings"));
    if (!digest) return false;
    std::string url = account_.callback;
    if (!call.query.empty()) url.append("?").append(call.query);
    const std::string_view given = call.header("X-Twilio-Signature");
    const auto matches = [&](const std::string& spelled) {
        return crypto::equal_constant_time(given, signature_of(account_.auth_token, *digest, spelled, form));
    };
    return matches(url) || matches(other_spelling(url));
}

std::optional<std::vector<DeliveryReport>> TwilioReports::read(const WebhookCall& call) const {
    const auto form = contract::split_query(call.body);
    const auto query = contract::split_query(call.query);
    if (!form || !query || !is_signed(call, *form)) return std::nullopt;
    if (value_of(*form, "AccountSid") != account_.sid) return std::nullopt;
    auto report = report_of(value_of(*query, "key"), *form);
    if (!report) return std::nullopt;
    return std::vector{std::move(*report)};
}

}  // namespace safargo::twilio
