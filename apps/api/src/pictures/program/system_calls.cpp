#include "pictures/program/system_calls.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace safargo::pictures {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
#error "name the architecture and check the list of system calls"
#endif

constexpr std::array allowed{
    // what is already open
    SYS_read, SYS_readv, SYS_write, SYS_writev, SYS_close, SYS_fstat, SYS_lseek,
    // memory; executable too, since libvips compiles its loops for the picture at hand (a third of the time)
    SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise,
    // threads and time
    SYS_futex, SYS_set_robust_list, SYS_rseq, SYS_sched_yield, SYS_sched_getaffinity, SYS_clock_gettime,
    SYS_clock_nanosleep, SYS_gettimeofday, SYS_restart_syscall,
    // oneself
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_getpid, SYS_gettid, SYS_getrandom,
    SYS_getrusage, SYS_exit, SYS_exit_group};

constexpr std::uint32_t number_at = offsetof(seccomp_data, nr);
constexpr std::uint32_t architecture_at = offsetof(seccomp_data, arch);
constexpr std::uint32_t first_argument_at = offsetof(seccomp_data, args);  // its low half on both architectures

constexpr std::uint32_t allow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

sock_filter load(std::uint32_t at) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at);
}
sock_filter answer(std::uint32_t with) {
    return BPF_STMT(BPF_RET | BPF_K, with);
}
// Skips the next instruction unless the loaded word is `value`.
sock_filter unless_equal_skip_one(std::uint32_t value) {
    return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
}

void add_call(std::vector<sock_filter>& filter, long number, std::uint32_t with) {
    filter.push_back(unless_equal_skip_one(static_cast<std::uint32_t>(number)));
    filter.push_back(answer(with));
}

// Allowed if `test`, a jump by the first argument that skips one instruction when it fails, holds.
void add_call_if(std::vector<sock_filter>& filter, long number, sock_filter test) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 4));
    filter.push_back(load(first_argument_at));
    filter.push_back(test);
    filter.push_back(answer(allow));
    filter.push_back(answer(refuse));
}

std::vector<sock_filter> filter_of_calls() {
    std::vector<sock_filter> filter;
    filter.push_back(load(architecture_at));
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0));
    filter.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    filter.push_back(load(number_at));
    for (const long number : allowed) add_call(filter, number, allow);
    // Threads, not processes. clone3 hides its flags behind a pointer: the C library then falls back to clone.
    add_call(filter, SYS_clone3, unknown);
    add_call_if(filter, SYS_clone, BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
    // Signals to itself, as abort() sends them.
    add_call_if(filter, SYS_tgkill, unless_equal_skip_one(static_cast<std::uint32_t>(getpid())));
    filter.push_back(answer(refuse));
    return filter;
}

}  // namespace

bool allow_few_system_calls() {
    std::vector<sock_filter> filter = filter_of_calls();
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace safargo::pictures
