// Assigns drivers to one day's trips: no driver is in two places at once or exceeds the daily limit.
#pragma once

#include "seed/demo_driver.hpp"
#include "seed/random.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace safargo::seed {

struct Drive {
    int from_wilaya = 0, to_wilaya = 0;
    Instant departs, arrives;
};

class DayRoster {
public:
    static constexpr int most_trips = 4;

    // Half of the drivers work on that day, the others on the next: so trips may end on the next day. `drivers` must
    // outlive the roster.
    DayRoster(const std::vector<DemoDriver>& drivers, LocalDate day);

    // Prefers a driver who lives at either end of the drive; nullopt if no driver is free.
    std::optional<std::size_t> take(const Drive& drive, Random& random);

private:
    struct Shift {
        std::size_t driver;
        std::vector<Drive> drives;
    };
    static bool is_free(const Shift& shift, const Drive& drive);
    std::optional<std::size_t> take_from(const std::vector<std::size_t>& shifts, const Drive& drive, Random& random);

    std::vector<Shift> shifts_;
    std::vector<std::vector<std::size_t>> by_home_;  // shifts by wilaya code
    std::vector<std::size_t> everybody_;
};

}  // namespace safargo::seed
