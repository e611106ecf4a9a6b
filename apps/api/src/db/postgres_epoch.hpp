// PostgreSQL counts from 2000-01-01; the extremes of its integers are ±infinity.
#pragma once

#include <chrono>
#include <cstdint>

namespace safargo::db::wire {

inline constexpr std::chrono::sys_days postgres_epoch{std::chrono::year{2000} / 1 / 1};
inline constexpr std::int64_t epoch_microseconds = std::chrono::microseconds{postgres_epoch.time_since_epoch()}.count();
inline constexpr std::int64_t first_timestamp = -211'813'488'000'000'000;  // 4714-11-24 BC, relative to 2000
inline constexpr std::int64_t first_date = -2'451'545;
inline constexpr std::int64_t last_date = 2'145'031'948;

}  // namespace safargo::db::wire
