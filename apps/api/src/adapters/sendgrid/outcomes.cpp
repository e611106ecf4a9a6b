#include "adapters/sendgrid/outcomes.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace safargo::sendgrid {
namespace {

namespace json = boost::json;
using enum Receipt::Outcome;

constexpr std::size_t longest_field = 64;  // bytes

bool is_field_name(std::string_view text) {
    return text.size() <= longest_field && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
           });
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

// Suppressed because of what happened to an earlier mail, or what the recipient asked for.
Receipt::Outcome why_dropped(std::string_view reason) {
    if (reason.starts_with("Bounced Address") || reason.starts_with("Invalid")) return unknown_recipient;
    if (reason.starts_with("Unsubscribed Address") || reason.starts_with("Spam Reporting Address")) return unsubscribed;
    return rejected;
}

// 5.1.x says that the address is wrong (RFC 3463); a blocked mail says nothing about it.
Receipt::Outcome why_bounced(const Event& event) {
    const bool wrong_address = event.status.starts_with("5.1.") || event.classification == "Invalid Address";
    return event.type != "blocked" && wrong_address ? unknown_recipient : rejected;
}

}  // namespace

std::string refused_field(std::string_view body) {
    json::error_code error;
    const json::value answer = json::parse(body, error);
    if (error || !answer.is_object()) return {};
    const json::value* errors = answer.get_object().if_contains("errors");
    if (!errors || !errors->is_array() || errors->get_array().empty()) return {};
    const json::object* first = errors->get_array().front().if_object();
    const json::value* field = first ? first->if_contains("field") : nullptr;
    if (!field || !field->is_string() || !is_field_name(field->get_string())) return {};
    return std::string(std::string_view(field->get_string()));
}

std::optional<Receipt> refusal_of(int status, std::string_view body) {
    const std::string field = refused_field(body);
    if (field.starts_with("from")) return std::nullopt;
    Receipt receipt{.outcome = rejected, .reason = std::to_string(status)};
    if (!field.empty()) receipt.reason += ' ' + field;
    if (field.starts_with("personalizations.0.to")) receipt.outcome = unknown_recipient;
    return receipt;
}

std::optional<Receipt> receipt_of(const Event& event) {
    static constexpr std::array<std::string_view, 2> under_way{"processed", "deferred"};
    static constexpr std::array<std::string_view, 3> unwanted{"spamreport", "unsubscribe", "group_unsubscribe"};
    if (is_one_of(under_way, event.name)) return Receipt{.outcome = accepted};
    if (event.name == "delivered") return Receipt{.outcome = delivered};
    if (is_one_of(unwanted, event.name)) return Receipt{.outcome = unsubscribed, .reason = std::string(event.name)};
    if (event.name == "dropped") return Receipt{.outcome = why_dropped(event.reason), .reason = "dropped"};
    if (event.name != "bounce") return std::nullopt;
    return Receipt{.outcome = why_bounced(event), .reason = event.type == "blocked" ? "blocked" : "bounce"};
}

}  // namespace safargo::sendgrid
