#include "seed/day_roster.hpp"

#include <algorithm>

namespace safargo::seed {
namespace {

constexpr std::chrono::minutes pause_between{30};
constexpr std::size_t wilaya_codes = 100;

// With many drivers only this many are tried; with few, all.
constexpr std::size_t most_asked = 200;

}  // namespace

DayRoster::DayRoster(const std::vector<DemoDriver>& drivers, LocalDate day) : by_home_(wilaya_codes) {
    const auto parity = static_cast<std::size_t>(day.days.time_since_epoch().count() % 2);
    for (std::size_t driver = parity; driver < drivers.size(); driver += 2) {
        by_home_[static_cast<std::size_t>(drivers[driver].home_wilaya)].push_back(shifts_.size());
        everybody_.push_back(shifts_.size());
        shifts_.push_back({driver, {}});
    }
}

bool DayRoster::is_free(const Shift& shift, const Drive& drive) {
    return shift.drives.size() < most_trips && std::ranges::none_of(
                                                   shift.drives,
                                                   [&](const Drive& taken) {
                                                       return drive.departs < taken.arrives + pause_between &&
                                                              taken.departs < drive.arrives + pause_between;
                                                   });
}

std::optional<std::size_t> DayRoster::take_from(const std::vector<std::size_t>& shifts, const Drive& drive,
                                                Random& random) {
    if (shifts.empty()) return std::nullopt;
    const auto first = static_cast<std::size_t>(random.below(std::ssize(shifts)));
    for (std::size_t i = 0; i < std::min(shifts.size(), most_asked); ++i) {
        Shift& shift = shifts_[shifts[(first + i) % shifts.size()]];
        if (!is_free(shift, drive)) continue;
        shift.drives.push_back(drive);
        return shift.driver;
    }
    return std::nullopt;
}

std::optional<std::size_t> DayRoster::take(const Drive& drive, Random& random) {
    const auto at_home = [&](int wilaya) -> const auto& { return by_home_[static_cast<std::size_t>(wilaya)]; };
    if (const auto found = take_from(at_home(drive.from_wilaya), drive, random)) return found;
    if (const auto found = take_from(at_home(drive.to_wilaya), drive, random)) return found;
    return take_from(everybody_, drive, random);
}

}  // namespace safargo::seed
