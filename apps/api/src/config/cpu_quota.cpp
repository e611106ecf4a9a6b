#include "config/cpu_quota.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace safargo {

unsigned cpus_of(std::string_view cpu_max, unsigned cores) {
    std::istringstream text{std::string(cpu_max)};
    double quota = 0, period = 0;
    if (!(text >> quota >> period) || quota <= 0 || period <= 0) return std::max(1U, cores);
    const auto whole = static_cast<unsigned>(quota / period);
    return std::clamp(whole, 1U, std::max(1U, cores));
}

unsigned cpu_quota() {
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    std::string line;
    std::getline(file, line);
    return cpus_of(line, std::thread::hardware_concurrency());
}

}  // namespace safargo
