// Query parameters that filter and sort lists of trips.
#pragma once

#include "contract/described.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::contract {

enum class When { upcoming, past };
BOOST_DESCRIBE_ENUM(When, upcoming, past)

// "confirmed,boarded": one or several values, without duplicates, in enum order.
template <DescribedEnum E>
class AnyOf {
public:
    AnyOf() = default;
    explicit(false) AnyOf(E only) : values_{only} {}

    static Checked<AnyOf> parse(std::string_view text) {
        AnyOf any;
        for (bool more = true; more;) {
            const auto comma = text.find(',');
            more = comma != std::string_view::npos;
            const auto value = enum_from<E>(without_blanks(text.substr(0, comma)));
            if (!value) return std::unexpected(value.error());
            any.values_.push_back(*value);
            if (more) text.remove_prefix(comma + 1);
        }
        std::ranges::sort(any.values_);
        any.values_.erase(std::ranges::unique(any.values_).begin(), any.values_.end());
        return any;
    }

    std::vector<std::string> names() const {
        std::vector<std::string> names;
        names.reserve(values_.size());
        for (const E value : values_) names.emplace_back(enum_name(value));
        return names;
    }
    std::string str() const {
        std::string text;
        for (const E value : values_) text.append(text.empty() ? "" : ",").append(enum_name(value));
        return text;
    }

private:
    static std::string_view without_blanks(std::string_view text) {
        while (text.starts_with(' ')) text.remove_prefix(1);
        while (text.ends_with(' ')) text.remove_suffix(1);
        return text;
    }

    std::vector<E> values_;
};

template <DescribedEnum E>
struct SpelledSchema<AnyOf<E>> {
    static std::string text() {
        const std::string one = " *(" + enum_names<E>("|") + ") *";
        return R"({"type":"string","pattern":"^)" + one + "(," + one + ")*$\"}";
    }
};

// "departure": earliest first; "-departure": latest first.
struct ByDeparture {
    bool latest_first = false;

    static Checked<ByDeparture> parse(std::string_view text) {
        if (text == "departure") return ByDeparture{false};
        if (text == "-departure") return ByDeparture{true};
        return refuse(Rule::not_allowed, "departure, -departure");
    }
    std::string str() const { return latest_first ? "-departure" : "departure"; }
};

template <>
struct SpelledSchema<ByDeparture> {
    static std::string text() { return R"({"type":"string","enum":["departure","-departure"]})"; }
};

}  // namespace safargo::contract
