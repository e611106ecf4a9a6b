#include "pictures/program/confine.hpp"

#include "pictures/program/system_calls.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

namespace safargo::pictures {
namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool limits_memory = false;
#else
constexpr bool limits_memory = true;
#endif
#endif

bool limit(__rlimit_resource_t resource, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(resource, &both) == 0;
}

// At the hard limit the process would be killed, which says less than the signal at the soft one.
bool limit_time(rlim_t seconds) {
    const rlimit soft_first{seconds, seconds + 1};
    return setrlimit(RLIMIT_CPU, &soft_first) == 0;
}

bool limit_memory(const Limits& limits) {
    if (!limits_memory) return true;
    return limit(RLIMIT_DATA, limits.heap) && limit(RLIMIT_AS, limits.address_space);
}

}  // namespace

bool confine(const Limits& limits) {
    constexpr rlim_t standard_files = 3;
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_NOFILE, standard_files) && limit_time(limits.cpu_seconds) && limit_memory(limits) &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && allow_few_system_calls();
}

}  // namespace safargo::pictures
