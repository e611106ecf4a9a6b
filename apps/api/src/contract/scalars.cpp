#include "contract/codec.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

namespace safargo::contract {
namespace {

constexpr std::int64_t highest_price = 10'000'000;

// For JSON patterns, in escapes that every regular expression dialect supports (\p{...} is not one): the characters
// that characters.hpp calls invisible, as far as people can type them.
constexpr std::string_view controls = R"(\\u0000-\\u001f\\u007f-\\u009f)";
constexpr std::string_view line_ends = R"(\\u0009-\\u000d\\u0085\\u2028\\u2029)";
constexpr std::string_view no_ink =
    R"(\\u0020\\u00a0\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u0610-\\u061a\\u061c\\u064b-\\u065f)"
    R"(\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u115f\\u1160\\u1680\\u180b-\\u180f\\u1ab0-\\u1aff\\u1dc0-\\u1dff)"
    R"(\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u20d0-\\u20ff\\u2800\\u3000\\u3164\\ue000-\\uf8ff)"
    R"(\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff\\uffa0\\ufff0-\\ufffc)";

// The whole text as one number, or nothing.
template <class T>
std::optional<T> whole(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Checked<bool> bool_from_text(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return refuse(Rule::not_allowed, "true, false");
}

Checked<std::int64_t> integer_from_text(std::string_view text) {
    if (const auto value = whole<std::int64_t>(text)) return *value;
    return refuse(Rule::not_an_integer);
}

Checked<double> number_from_text(std::string_view text) {
    const auto value = whole<double>(text);
    if (!value || !std::isfinite(*value)) return refuse(Rule::wrong_type, "number");
    return *value;
}

Checked<std::int64_t> integer_from(const Node& node) {
    const auto* number = node.as<Number>();
    if (number == nullptr) return refuse(Rule::wrong_type, "integer");
    if (!number->integral) return refuse(Rule::not_an_integer);
    return integer_from_text(number->lexeme);
}

Checked<double> number_from(const Node& node) {
    const auto* number = node.as<Number>();
    if (number == nullptr) return refuse(Rule::wrong_type, "number");
    return number_from_text(number->lexeme);
}

Checked<std::string_view> string_from(const Node& node) {
    const auto* text = node.as<std::string>();
    if (text == nullptr) return refuse(Rule::wrong_type, "string");
    // PostgreSQL text cannot contain NUL.
    if (text->find('\0') != std::string::npos) return refuse(Rule::bad_encoding);
    return *text;
}

std::string integer_schema(std::int64_t min, std::int64_t max) {
    return fmt::format(R"({{"type":"integer","minimum":{},"maximum":{}}})", min, max);
}

std::string number_schema(int min, int max) {
    return fmt::format(R"({{"type":"number","minimum":{},"maximum":{}}})", min, max);
}

// The rules of clean_text: at least one visible character, no control characters except line breaks and tabs where
// allowed (a line may have them around it, since they are trimmed).
std::string text_schema(std::size_t min, std::size_t max, Breaks breaks) {
    const std::string ends_of_line = fmt::format("[{}]", line_ends);
    const std::string line =
        fmt::format(R"((?:[{0}]*{1})*[^{2}\\u2028\\u2029]*(?:{1}[{0}]*)*$)", no_ink, ends_of_line, controls);
    const std::string lines = R"([^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$)";
    const std::string ink = fmt::format(R"((?=[\\s\\S]*[^{}{}{}]))", controls, line_ends, no_ink);
    return fmt::format(R"({{"type":"string","minLength":{},"maxLength":{},"pattern":"^{}{}"}})", min, max,
                       min > 0 ? ink : "", breaks == Breaks::refused ? line : lines);
}

// Typed text is normalised first, which drops anything that is neither ASCII nor a letter or digit of another script. A
// pattern can therefore only exclude ASCII.
std::string typed_schema(std::size_t min, std::size_t max, const TypedSchema& says) {
    return fmt::format(R"({{"type":"string","minLength":{},"maxLength":{},"pattern":"{}","description":"{}",)"
                       R"("examples":[{}]}})",
                       min, max, says.pattern, says.description, says.examples);
}

std::string list_schema(std::initializer_list<std::string_view> patterns) {
    return fmt::format(R"({{"type":"string","pattern":"^{}$"}})", fmt::join(patterns, ","));
}

std::string format_schema(std::string_view format) {
    return fmt::format(R"({{"type":"string","format":"{}"}})", format);
}

std::optional<bool> Codec<bool>::parse(const Node& node, Errors& errors) {
    if (const auto* value = node.as<bool>()) return *value;
    errors.add({Rule::wrong_type, "boolean"});
    return std::nullopt;
}

// Request amounts are bounded; sums and balances in responses are not.
std::string Codec<Dinars>::schema(Components&, Direction direction) {
    if (direction == Direction::request) return integer_schema(0, highest_price);
    return R"({"type":"integer","format":"int64"})";
}

Checked<Dinars> Codec<Dinars>::bound(Checked<std::int64_t> amount) {
    if (!amount) return std::unexpected(amount.error());
    if (*amount < 0 || *amount > highest_price) return refuse(Rule::out_of_range, "0", std::to_string(highest_price));
    return Dinars{*amount};
}

void Codec<LatLng>::print(Writer& out, LatLng value) {
    out.string(fmt::format("{},{}", value.lat, value.lng));
}

std::string Codec<LatLng>::schema(Components&, Direction) {
    return list_schema({latitude_pattern, longitude_pattern});
}

}  // namespace safargo::contract
