// When Algerians travel, by packages/database/data/demand_model.md: weekdays, feasts, seasons and hours.
#pragma once

#include "core/time.hpp"
#include "seed/random.hpp"

namespace safargo::seed {

// In the tabular Islamic calendar: within a day of the observed one.
struct IslamicDate {
    int month;  // 1..12; Ramadan is 9
    int day;    // 1..30
    bool operator==(const IslamicDate&) const = default;
};
IslamicDate islamic_date(LocalDate day);

// Weekdays that change weights and directions.
bool is_thursday(LocalDate day);
bool is_saturday(LocalDate day);
bool is_before_feast(LocalDate day);  // the two days before Aïd el-Fitr or Aïd el-Adha

// The amount of travel on that day; 1 is the mean of an ordinary week.
double day_weight(LocalDate day);

// The same for one kind of destination.
double beach_weight(LocalDate day);
double sahara_weight(LocalDate day);
inline constexpr double highest_destination_weight = 2;

// A departure time on that day, to five minutes.
Instant draw_departure(LocalDate day, Random& random);

}  // namespace safargo::seed
