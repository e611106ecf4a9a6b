// The hours in which a person wants no message that may wait, in Algiers' time.
#pragma once

#include "contract/codec.hpp"
#include "core/time.hpp"

#include <boost/describe/class.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::notifications {

// "22:30", a minute of a day.
struct TimeOfDay {
    std::chrono::minutes minutes{0};

    static Checked<TimeOfDay> parse(std::string_view text);
    std::string str() const;
    auto operator<=>(const TimeOfDay&) const = default;
};

// From 22:00 until 07:00 passes midnight; the two differ.
struct QuietHours {
    TimeOfDay from, until;
    bool operator==(const QuietHours&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuietHours, (), (from, until))

// When the quiet time that contains `at` ends; none if it is not quiet then. The minute `until` is not quiet any more.
std::optional<Instant> end_of_quiet(const QuietHours& hours, Instant at);

}  // namespace safargo::notifications

namespace safargo::contract {

template <>
struct SpelledSchema<notifications::TimeOfDay> {
    static std::string text() {
        return R"({"type":"string","pattern":"^([01][0-9]|2[0-3]):[0-5][0-9]$","examples":["22:30"]})";
    }
};

}  // namespace safargo::contract
