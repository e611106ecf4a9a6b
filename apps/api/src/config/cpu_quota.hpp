// CPUs this process may use: the cgroup's quota if there is one, otherwise the machine's core count.
#pragma once

#include <string_view>

namespace safargo {

unsigned cpu_quota();                                        // at least 1
unsigned cpus_of(std::string_view cpu_max, unsigned cores);  // cgroup v2 "cpu.max": "50000 100000" or "max 100000"

}  // namespace safargo
