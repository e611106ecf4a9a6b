// Each statement runs in a process of its own, which confines itself and then tries.
#include "pictures/program/confine.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace safargo::pictures {
namespace {

using ::testing::ExitedWithCode;
using ::testing::KilledBySignal;

constexpr int refused = 1, allowed = 2, not_confined = 3;

// Ends this process with what became of the attempt.
template <class Attempt>
[[noreturn]] void confined(Attempt attempt, const Limits& limits = {}) {
    if (!confine(limits)) _exit(not_confined);
    _exit(attempt() ? allowed : refused);
}

void* note(void* ran) {
    *static_cast<bool*>(ran) = true;
    return nullptr;
}

template <class Attempt>
void expect_refused(Attempt attempt) {
    EXPECT_EXIT(confined(attempt), ExitedWithCode(refused), "");
}

TEST(Confine, LeavesNoWayToFilesOrTheNetwork) {
    expect_refused([] { return open("/etc/passwd", O_RDONLY) >= 0; });
    expect_refused([] { return open("/tmp/safargo-pictures", O_WRONLY | O_CREAT, 0600) >= 0; });
    expect_refused([] { return socket(AF_INET, SOCK_STREAM, 0) >= 0; });
    expect_refused([] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; });
    expect_refused([] {
        std::array<int, 2> ends{};
        return pipe(ends.data()) == 0;
    });
    expect_refused([] { return unlink("/tmp/safargo-pictures") == 0 || errno != EPERM; });
}

TEST(Confine, LeavesNoWayToOtherProcesses) {
    expect_refused([] { return syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr) >= 0; });
    expect_refused([] { return syscall(SYS_clone3, nullptr, 0) >= 0 || errno != ENOSYS; });
    expect_refused([] {
        const char* const arguments[] = {"/bin/true", nullptr};
        return execv(arguments[0], const_cast<char* const*>(arguments)) == 0 || errno != EPERM;
    });
    expect_refused([] { return kill(getppid(), 0) == 0; });
    expect_refused([] { return syscall(SYS_tgkill, 1, 1, 0) == 0 || errno != EPERM; });
    expect_refused([] {
        const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
        return setrlimit(RLIMIT_CPU, &more) == 0;
    });
}

TEST(Confine, LeavesThreadsMemoryAndWhatIsOpen) {
    const auto works = [] {
        // without std::thread, whose virtual call the sanitizer checks by opening a pipe
        bool ran = false;
        pthread_t thread;
        if (pthread_create(&thread, nullptr, note, &ran) != 0) return false;
        pthread_join(thread, nullptr);
        void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return ran && memory != MAP_FAILED;
    };
    EXPECT_EXIT(confined(works), ExitedWithCode(allowed), "");
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const auto writes = [&] { return write(ends[1], "x", 1) == 1; };
    EXPECT_EXIT(confined(writes), ExitedWithCode(allowed), "");
    char read_back = 0;
    EXPECT_EQ(read(ends[0], &read_back, 1), 1);
    close(ends[0]);
    close(ends[1]);
}

TEST(Confine, EndsWhatComputesTooLong) {
    const auto computes = [] {
        for (volatile unsigned n = 0;; n = n + 1) {
        }
        return true;
    };
    EXPECT_EXIT(confined(computes, {.cpu_seconds = 1}), KilledBySignal(SIGXCPU), "");
}

TEST(Confine, EndsWhatWritesToAFile) {
    const int file = open("/tmp", O_TMPFILE | O_WRONLY, 0600);
    ASSERT_GE(file, 0);
    EXPECT_EXIT(confined([&] { return write(file, "x", 1) == 1; }), KilledBySignal(SIGXFSZ), "");
    close(file);
}

TEST(Confine, AllowsAbort) {
    EXPECT_EXIT(confined([]() -> bool { std::abort(); }), KilledBySignal(SIGABRT), "");
}

#if __has_feature(address_sanitizer)
constexpr bool limits_memory = false;
#else
constexpr bool limits_memory = true;
#endif

TEST(Confine, LimitsMemory) {
    const auto allocates = [] {
        void* memory = mmap(nullptr, 128u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return memory != MAP_FAILED;
    };
    const Limits limits{.heap = 64u << 20};
    EXPECT_EXIT(confined(allocates, limits), ExitedWithCode(limits_memory ? refused : allowed), "");
}

}  // namespace
}  // namespace safargo::pictures
