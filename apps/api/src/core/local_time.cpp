#include "core/local_time.hpp"

#include <fmt/format.h>

namespace safargo {

std::string local_minute(Instant at) {
    const LocalDate day = LocalDate::of(at);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::minutes>(at - day.begins())};
    return fmt::format("{} {:02}:{:02}", day.str(), time.hours().count(), time.minutes().count());
}

Error too_early(Instant opens_at) {
    const Instant minute = std::chrono::ceil<std::chrono::minutes>(opens_at);
    return {.code = Code::too_early, .reason = Violation{Rule::opens_at, local_minute(minute)}};
}

}  // namespace safargo
