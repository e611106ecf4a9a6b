#include "core/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace safargo {
namespace {

using namespace std::chrono;

// Takes exactly `digits` decimal digits off the front.
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

// Written by hand for speed: a search answer holds eighty instants.
char* write_instant(Instant instant, char* at) {
    const auto date = floor<days>(instant);
    const year_month_day ymd{date};
    const hh_mm_ss time{instant - date};
    static constexpr std::string_view shape = "0000-00-00T00:00:00.000000Z";
    static_assert(shape.size() == max_instant_text);
    std::ranges::copy(shape, at);
    const auto put = [at](std::size_t position, std::size_t digits, std::int64_t value) {
        for (; digits > 0; value /= 10) at[position + --digits] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, std::clamp(static_cast<int>(ymd.year()), 0, 9'999));  // RFC 3339 allows no other years
    put(5, 2, static_cast<unsigned>(ymd.month()));
    put(8, 2, static_cast<unsigned>(ymd.day()));
    put(11, 2, time.hours().count());
    put(14, 2, time.minutes().count());
    put(17, 2, time.seconds().count());
    const auto fraction = time.subseconds().count();
    put(20, 6, fraction);
    if (fraction != 0) return at + max_instant_text;
    at[19] = 'Z';
    return at + 20;
}

std::string format_instant(Instant instant) {
    std::array<char, max_instant_text> text;
    return {text.data(), write_instant(instant, text.data())};
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
