#include "core/time.hpp"

#include <fmt/format.h>

#include <optional>

namespace safargo {
namespace {

using namespace std::chrono;

// Reads exactly `digits` decimal digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<sys_days> take_day(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

std::optional<microseconds> take_time_of_day(std::string_view& text) {
    const auto h = take_number(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || *m > 59 || !take(text, ':')) return std::nullopt;
    const auto s = take_number(text, 2);
    if (!s || *s > 59) return std::nullopt;
    microseconds time = hours{*h} + minutes{*m} + seconds{*s};
    if (!take(text, '.')) return time;
    std::size_t digits = 0;
    for (std::int64_t scale = 100'000; !text.empty() && text.front() >= '0' && text.front() <= '9'; scale /= 10) {
        time += microseconds{(text.front() - '0') * scale};
        text.remove_prefix(1);
        ++digits;
    }
    if (digits == 0 || digits > 9) return std::nullopt;
    return time;
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return minutes{0};
    const bool east = take(text, '+');
    if (!east && !take(text, '-')) return std::nullopt;
    const auto h = take_number(text, 2);
    if (!h || *h > 23 || !take(text, ':')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || *m > 59) return std::nullopt;
    const minutes offset = hours{*h} + minutes{*m};
    return east ? offset : -offset;
}

}  // namespace

Checked<Instant> parse_instant(std::string_view text) {
    const auto bad = refuse(Rule::bad_format, "RFC 3339");
    const auto date = take_day(text);
    if (!date || (!take(text, 'T') && !take(text, 't'))) return bad;
    const auto time = take_time_of_day(text);
    if (!time) return bad;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return bad;
    return Instant{*date} + *time - *offset;
}

std::string format_instant(Instant instant) {
    const auto date = floor<days>(instant);
    const year_month_day ymd{date};
    const hh_mm_ss time{instant - date};
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(ymd.year()),
                                   static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                                   time.hours().count(), time.minutes().count(), time.seconds().count());
    if (const auto fraction = time.subseconds().count(); fraction != 0) text += fmt::format(".{:06}", fraction);
    text.push_back('Z');
    return text;
}

Checked<LocalDate> LocalDate::parse(std::string_view text) {
    const auto date = take_day(text);
    if (!date || !text.empty()) return refuse(Rule::bad_format, "YYYY-MM-DD");
    return LocalDate{*date};
}

LocalDate LocalDate::of(Instant instant) {
    return {floor<std::chrono::days>(instant + algiers_offset)};
}

std::string LocalDate::str() const {
    const year_month_day ymd{days};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

}  // namespace safargo
