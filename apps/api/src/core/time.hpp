// Instants in UTC with PostgreSQL's microsecond precision, and local days of Africa/Algiers (always +01:00).
#pragma once

#include "core/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace safargo {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Seconds = std::chrono::seconds;

inline constexpr std::chrono::hours algiers_offset{1};

// RFC 3339 with any offset ("2026-12-03T07:00:00Z", "...+01:00"); fractions of up to 9 digits are truncated to 6.
Checked<Instant> parse_instant(std::string_view text);
std::string format_instant(Instant instant);  // "2026-12-03T07:00:00Z", with a fraction only if it is not zero
inline constexpr std::size_t max_instant_text = 27;
char* write_instant(Instant instant, char* at);  // the same, up to max_instant_text characters; returns the end

// A calendar day in Algiers.
struct LocalDate {
    std::chrono::sys_days days{};

    static Checked<LocalDate> parse(std::string_view text);  // YYYY-MM-DD, an existing day
    static LocalDate of(Instant instant);
    std::string str() const;
    Instant begins() const { return days - algiers_offset; }
    Instant ends() const { return days + std::chrono::days{1} - algiers_offset; }  // exclusive
    auto operator<=>(const LocalDate&) const = default;
};

}  // namespace safargo
