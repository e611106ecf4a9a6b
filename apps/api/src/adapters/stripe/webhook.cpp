#include "adapters/stripe/webhook.hpp"

#include "core/crypto.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <span>
#include <vector>

namespace safargo::stripe {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_header = 2'048, most_signatures = 10, longest_word = 255;

struct Signatures {
    std::string_view time;  // as it was signed
    std::vector<std::string_view> v1;
};

std::optional<Signatures> split(std::string_view header) {
    if (header.size() > longest_header) return std::nullopt;
    Signatures found;
    while (!header.empty()) {
        const std::string_view part = header.substr(0, header.find(','));
        header.remove_prefix(std::min(header.size(), part.size() + 1));
        if (part.starts_with("t=")) {
            if (!found.time.empty()) return std::nullopt;
            found.time = part.substr(2);
        } else if (part.starts_with("v1=")) {
            if (found.v1.size() == most_signatures) return std::nullopt;
            found.v1.push_back(part.substr(3));
        }
    }
    return found;
}

std::optional<Instant> instant_of(std::string_view text) {
    constexpr std::size_t longest = 11;  // digits
    std::int64_t seconds = 0;
    const char* end = text.data() + text.size();
    const auto [last, failed] = std::from_chars(text.data(), end, seconds);
    if (text.empty() || text.size() > longest || failed != std::errc{} || last != end || seconds < 0)
        return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
}

// One that can be stored and logged.
std::string word_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    const json::string* text = found ? found->if_string() : nullptr;
    if (!text || text->size() > longest_word) return {};
    const bool plain = std::ranges::all_of(*text, [](char c) { return c > ' ' && c <= '~'; });
    return plain ? std::string(text->data(), text->size()) : std::string();
}

const json::object* object_at(const json::object* object, std::string_view key) {
    const json::value* found = object ? object->if_contains(key) : nullptr;
    return found ? found->if_object() : nullptr;
}

}  // namespace

bool is_signed(std::string_view header, std::string_view body, std::string_view secret, Instant now) {
    const std::optional<Signatures> found = split(header);
    if (!found) return false;
    const std::optional<Instant> at = instant_of(found->time);
    if (!at || *at < now - signature_tolerance || *at > now + signature_tolerance) return false;
    const std::span key{reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()};
    const std::string text = std::string(found->time).append(".").append(body);
    const std::string expected = crypto::hex(crypto::view(crypto::hmac_sha256(key, text)));
    bool matches = false;
    for (const std::string_view given : found->v1) matches |= crypto::equal_constant_time(given, expected);
    return matches;
}

std::optional<PaymentNotice> read_event(std::string_view body) {
    json::error_code error;
    json::parse_options options;
    options.max_depth = 32;
    const json::value value = json::parse(body, error, {}, options);
    const json::object* event = error ? nullptr : value.if_object();
    if (!event || word_at(*event, "object") != "event") return std::nullopt;
    PaymentNotice notice{.event = word_at(*event, "id"), .kind = word_at(*event, "type"), .payment{}};
    if (!notice.event.starts_with("evt_") || notice.kind.empty()) return std::nullopt;
    const json::object* metadata = object_at(object_at(object_at(event, "data"), "object"), "metadata");
    if (metadata) notice.payment = word_at(*metadata, "payment");
    return notice;
}

std::optional<PaymentNotice> StripeNotices::read(std::string_view signature, std::string_view body) const {
    if (!is_signed(signature, body, secret_, clock_.now())) return std::nullopt;
    return read_event(body);
}

}  // namespace safargo::stripe
