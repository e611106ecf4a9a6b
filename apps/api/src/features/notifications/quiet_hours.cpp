#include "features/notifications/quiet_hours.hpp"

#include <fmt/format.h>

namespace safargo::notifications {
namespace {

using namespace std::chrono_literals;

// Two digits; nothing else is let through to the caller's comparison.
int two_digits(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : 100; };
    return digit(text[0]) * 10 + digit(text[1]);
}

}  // namespace

Checked<TimeOfDay> TimeOfDay::parse(std::string_view text) {
    const Violation bad{Rule::bad_format, "HH:MM"};
    if (text.size() != 5 || text[2] != ':') return std::unexpected(bad);
    const int hours = two_digits(text.substr(0, 2)), minutes = two_digits(text.substr(3));
    if (hours > 23 || minutes > 59) return std::unexpected(bad);
    return TimeOfDay{hours * 1h + minutes * 1min};
}

std::string TimeOfDay::str() const {
    return fmt::format("{:02}:{:02}", minutes / 1h, (minutes % 1h).count());
}

std::optional<Instant> end_of_quiet(const QuietHours& hours, Instant at) {
    const Instant day = LocalDate::of(at).begins();
    const auto time = at - day;
    const bool begun = time >= hours.from.minutes, over = time >= hours.until.minutes;
    const bool quiet = hours.from < hours.until ? begun && !over : begun || !over;
    if (!quiet) return std::nullopt;
    const Instant end = day + hours.until.minutes;
    return over ? end + 24h : end;
}

}  // namespace safargo::notifications
