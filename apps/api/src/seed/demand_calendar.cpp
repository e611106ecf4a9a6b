#include "seed/demand_calendar.hpp"

#include <array>
#include <chrono>

namespace safargo::seed {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr std::array<double, 7> sunday_first{1.1, 0.8, 0.8, 0.9, 1.5, 0.8, 1.3};
constexpr double mean_weekday = (1.1 + 0.8 + 0.8 + 0.9 + 1.5 + 0.8 + 1.3) / 7;

// 1 Muharram of year 1 in the civil calendar: 19 July 622 (Gregorian).
constexpr sys_days islamic_epoch{std::chrono::year{622} / 7 / 19};

constexpr int ramadan = 9, shawwal = 10, dhu_al_hijja = 12;

// Days from the epoch to the start of a year: 354 per year, plus 11 leap days in 30 years.
constexpr std::int64_t year_begins(std::int64_t year) {
    return 354 * (year - 1) + (3 + 11 * year) / 30;
}

// Months alternate between 30 and 29 days.
constexpr int month_begins(int month) {
    return (59 * (month - 1) + 1) / 2;
}

bool is_feast(LocalDate day) {
    const IslamicDate date = islamic_date(day);
    return date == IslamicDate{shawwal, 1} || date == IslamicDate{dhu_al_hijja, 10};
}

LocalDate shifted(LocalDate day, int by) {
    return {day.days + days{by}};
}

bool is_after_feast(LocalDate day) {
    return is_feast(shifted(day, -1)) || is_feast(shifted(day, -2));
}

unsigned month_of(LocalDate day) {
    return static_cast<unsigned>(std::chrono::year_month_day(day.days).month());
}

struct Hours {
    int from, until;  // may extend past midnight
};

Hours ordinary_hours(Random& random) {
    static const WeightedChoice choice({30, 30, 20, 17, 3});
    constexpr std::array<Hours, 5> bands{Hours{5, 8}, {8, 12}, {12, 16}, {16, 20}, {20, 24}};
    return bands[choice.pick(random)];
}

Hours draw_hours(LocalDate day, Random& random) {
    if (is_thursday(day) && random.chance(0.15)) return {15, 19};
    if (is_saturday(day) && random.chance(0.15)) return {16, 20};
    const Hours hours = ordinary_hours(random);
    // In Ramadan the fast is broken at sunset: the roads are empty, then full.
    if (hours.from == 16 && islamic_date(day).month == ramadan) return {21, 24};
    return hours;
}

}  // namespace

IslamicDate islamic_date(LocalDate day) {
    const std::int64_t elapsed = (day.days - islamic_epoch).count();
    std::int64_t year = elapsed / 355 + 1;
    while (year_begins(year + 1) <= elapsed) ++year;
    const int day_of_year = static_cast<int>(elapsed - year_begins(year));
    int month = 1;
    while (month < 12 && month_begins(month + 1) <= day_of_year) ++month;
    return {month, day_of_year - month_begins(month) + 1};
}

bool is_thursday(LocalDate day) {
    return weekday(day.days) == std::chrono::Thursday;
}

bool is_saturday(LocalDate day) {
    return weekday(day.days) == std::chrono::Saturday;
}

bool is_before_feast(LocalDate day) {
    return is_feast(shifted(day, 1)) || is_feast(shifted(day, 2));
}

double day_weight(LocalDate day) {
    const double of_weekday = sunday_first[weekday(day.days).c_encoding()] / mean_weekday;
    return is_before_feast(day) || is_after_feast(day) ? 2 * of_weekday : of_weekday;
}

double beach_weight(LocalDate day) {
    const unsigned month = month_of(day);
    return month == 7 || month == 8 ? 1.6 : 1;
}

double sahara_weight(LocalDate day) {
    const std::chrono::year_month_day date(day.days);
    const unsigned month = month_of(day), of_month = static_cast<unsigned>(date.day());
    if (month == 3 || (month == 12 && of_month >= 20) || (month == 1 && of_month <= 5)) return 2;
    return month >= 6 && month <= 9 ? 0.5 : 1;
}

Instant draw_departure(LocalDate day, Random& random) {
    constexpr int minutes_apart = 5;
    const Hours hours = draw_hours(day, random);
    const std::int64_t slots = (hours.until - hours.from) * 60 / minutes_apart;
    return day.begins() + std::chrono::hours{hours.from} + std::chrono::minutes{random.below(slots) * minutes_apart};
}

}  // namespace safargo::seed
