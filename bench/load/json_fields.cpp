#include "load/json_fields.hpp"

#include <fmt/format.h>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cmath>

namespace safargo::load {
namespace {

std::string describe(Range range, std::string_view kind) {
    if (range.above_least) return fmt::format("must be {} above {} and at most {}", kind, range.least, range.most);
    return fmt::format("must be {} from {} to {}", kind, range.least, range.most);
}

bool is_in(Range range, double value) {
    return value <= range.most && (range.above_least ? value > range.least : value >= range.least);
}

}  // namespace

const boost::json::value* JsonFields::find(std::string_view name, bool required) {
    asked_.emplace_back(name);
    const auto* found = object_.if_contains(name);
    if (found == nullptr && required) complain(name, "is missing");
    return found;
}

double JsonFields::number(std::string_view name, Range range, std::optional<double> fallback) {
    const double otherwise = fallback.value_or(range.most);
    const auto* found = find(name, !fallback);
    if (found == nullptr) return otherwise;
    boost::system::error_code failure;
    const double value = found->is_number() ? found->to_number<double>(failure) : NAN;
    if (!failure && is_in(range, value)) return value;
    complain(name, describe(range, "a number"));
    return otherwise;
}

std::uint64_t JsonFields::whole(std::string_view name, Range range, std::optional<double> fallback) {
    const double value = number(name, range, fallback);
    if (value != std::floor(value)) complain(name, describe(range, "a whole number"));
    return static_cast<std::uint64_t>(value);
}

std::string JsonFields::text(std::string_view name, std::optional<std::string> fallback) {
    const auto* found = find(name, !fallback);
    if (found == nullptr) return fallback.value_or("");
    if (found->is_string()) return std::string(found->get_string());
    complain(name, "must be a text");
    return fallback.value_or("");
}

const boost::json::object* JsonFields::object(std::string_view name, bool required) {
    const auto* found = find(name, required);
    if (found == nullptr || found->is_object()) return found == nullptr ? nullptr : found->if_object();
    complain(name, "must be an object");
    return nullptr;
}

const boost::json::array* JsonFields::array(std::string_view name, bool required) {
    const auto* found = find(name, required);
    if (found == nullptr || found->is_array()) return found == nullptr ? nullptr : found->if_array();
    complain(name, "must be a list");
    return nullptr;
}

void JsonFields::refuse_others() {
    for (const auto& field : object_) {
        const std::string_view name = field.key();
        if (std::ranges::find(asked_, name) == asked_.end()) complain(name, "there is no such field");
    }
}

void JsonFields::complain(std::string_view name, std::string_view what) {
    if (complaint_.empty()) complaint_ = fmt::format("{}{}: {}", prefix_, name, what);
}

std::expected<boost::json::object, std::string> parse_object(std::string_view json) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(json, failure);
    if (failure) return std::unexpected("is not JSON: " + failure.message());
    if (!value.is_object()) return std::unexpected("must be a JSON object");
    return value.get_object();
}

}  // namespace safargo::load
