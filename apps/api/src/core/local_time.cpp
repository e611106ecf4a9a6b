#include "core/local_time.hpp"

#include <fmt/format.h>

namespace safargo {

std::string local_minute(Instant at) {
    const LocalDate day = LocalDate::of(at);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::minutes>(at - day.begins())};
    return fmt::format("{} {:02}:{:02}", day.str(), time.hours().count(), time.minutes().count());
}

}  // namespace safargo
