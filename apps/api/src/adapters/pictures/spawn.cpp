#include "adapters/pictures/spawn.hpp"

#include "core/failures.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

namespace safargo::pictures {
namespace {

void ignore_broken_pipes() {
    static const auto before = std::signal(SIGPIPE, SIG_IGN);
    static_cast<void>(before);
}

[[noreturn]] void fail_to_start(int error) {
    throw DependencyUnavailable("pictures", std::string("a process cannot be started: ") + std::strerror(error));
}

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) fail_to_start(errno);
        reading = OwnedFile(ends[0]);
        writing = OwnedFile(ends[1]);
    }
    OwnedFile reading, writing;
};

// What the program finds open: the three standard files, and nothing of ours.
class FileActions {
public:
    FileActions(int input, int output) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
        posix_spawn_file_actions_addchdir_np(&actions_, "/");
    }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

    const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

// Signals as a new process has them, and a group of its own: what a terminal sends us is not for it.
class Attributes {
public:
    Attributes() {
        sigset_t none, reset;
        sigemptyset(&none);
        sigemptyset(&reset);
        sigaddset(&reset, SIGPIPE);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &reset);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { posix_spawnattr_destroy(&attributes_); }

    const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

}  // namespace

OwnedFile::~OwnedFile() {
    if (file_ >= 0) close(file_);
}

Spawned spawn(const std::string& program, const std::string& argument) {
    ignore_broken_pipes();
    Pipe input, output;
    const FileActions actions(input.reading.get(), output.writing.get());
    const Attributes attributes;
    std::string name = program, first = argument;
    std::array<char*, 3> arguments{name.data(), first.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, program.c_str(), actions.get(), attributes.get(), arguments.data(), environment.data());
    if (error != 0) fail_to_start(error);
    return {pid, std::move(input.writing), std::move(output.reading)};
}

}  // namespace safargo::pictures
