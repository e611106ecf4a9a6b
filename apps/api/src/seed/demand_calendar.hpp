// When Algerians travel, by packages/database/data/demand_model.md: weekdays, feasts, seasons and hours.
#pragma once

#include "core/time.hpp"
#include "seed/random.hpp"

namespace safargo::seed {

// Of the tabular Islamic calendar: within a day of what the moon decides.
struct IslamicDate {
    int month;  // 1..12; Ramadan is 9
    int day;    // 1..30
    bool operator==(const IslamicDate&) const = default;
};
IslamicDate islamic_date(LocalDate day);

// Days of the week around which weights and directions turn.
bool is_thursday(LocalDate day);
bool is_saturday(LocalDate day);
bool is_before_feast(LocalDate day);  // the two days before Aïd el-Fitr or Aïd el-Adha

// How much is travelled on that day; 1 is the mean of an ordinary week.
double day_weight(LocalDate day);

// The same for a destination.
double beach_weight(LocalDate day);
double sahara_weight(LocalDate day);
inline constexpr double highest_destination_weight = 2;

// A departure on that day, to five minutes.
Instant draw_departure(LocalDate day, Random& random);

}  // namespace safargo::seed
