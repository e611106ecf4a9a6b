#include "adapters/pictures/child.hpp"

#include "core/failures.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace safargo::pictures {
namespace {

namespace asio = boost::asio;

std::chrono::microseconds time_of(const timeval& time) {
    return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

OwnedFile watch(pid_t pid) {
    // the header of pidfd_open is not for C++ in every release of the C library
    OwnedFile file(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
    if (file.get() < 0) throw DependencyUnavailable("pictures", "a started process cannot be watched");
    return file;
}

}  // namespace

// The kernel has ended it when this returns, so that no slot is given to the next one too early.
Ended ProcessId::reap() {
    ::kill(pid_, SIGKILL);
    int status = 0;
    rusage used{};
    while (wait4(pid_, &status, 0, &used) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
            .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
            .cpu = time_of(used.ru_utime) + time_of(used.ru_stime)};
}

Child::Child(asio::any_io_executor executor, const std::string& program, const std::string& argument)
    : Child(std::move(executor), spawn(program, argument)) {}

Child::Child(asio::any_io_executor executor, Spawned spawned)
    : id_(spawned.pid),
      input_(executor, spawned.input.release()),
      output_(executor, spawned.output.release()),
      end_(executor, watch(id_.get()).release()) {}

// A program that has stopped reading closes its end; what it says then counts, not that we could not write.
Task<void> Child::feed(std::string file) {
    boost::system::error_code error;
    co_await asio::async_write(input_, asio::buffer(file), asio::redirect_error(asio::use_awaitable, error));
    if (error && error != asio::error::broken_pipe) throw boost::system::system_error(error);
    input_.close();
}

Task<std::string> Child::read(std::size_t most) {
    std::string answer;
    std::array<char, 65'536> part;
    while (answer.size() <= most) {
        boost::system::error_code error;
        const std::size_t size =
            co_await output_.async_read_some(asio::buffer(part), asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::eof) break;
        if (error) throw boost::system::system_error(error);
        answer.append(part.data(), size);
    }
    co_return answer;
}

Task<Ended> Child::wait() {
    co_await end_.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
    co_return id_.reap();
}

}  // namespace safargo::pictures
