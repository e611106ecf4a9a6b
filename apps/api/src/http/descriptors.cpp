#include "http/descriptors.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace safargo::http {

std::size_t raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::size_t>::max();
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return raised.rlim_cur;
    return limit.rlim_cur;
}

std::size_t affordable_connections(std::size_t wanted, std::size_t descriptors, std::size_t reserved) {
    constexpr std::size_t fewest = 16;
    const std::size_t left = descriptors > reserved ? descriptors - reserved : 0;
    return std::min(wanted, std::max(left, fewest));
}

}  // namespace safargo::http
