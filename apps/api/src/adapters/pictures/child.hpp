// A process that reads a file on its standard input and answers on its standard output. It starts with an empty
// environment, no other open file, and standard error thrown away.
#pragma once

#include "adapters/pictures/spawn.hpp"
#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace safargo::pictures {

struct Ended {
    int exit_code = 0;  // meaningful if `signal` is 0
    int signal = 0;     // that ended it
    std::chrono::microseconds cpu{};
};

// Ended and reaped at the latest when this is destroyed.
class ProcessId {
public:
    explicit ProcessId(pid_t pid) : pid_(pid) {}
    ProcessId(const ProcessId&) = delete;
    ProcessId& operator=(const ProcessId&) = delete;
    ~ProcessId() {
        if (pid_ > 0) reap();
    }

    pid_t get() const { return pid_; }
    Ended reap();  // kills it first, unless it has ended; once

private:
    pid_t pid_;
};

class Child {
public:
    // Throws DependencyUnavailable.
    Child(boost::asio::any_io_executor executor, const std::string& program, const std::string& argument);

    // Writes the file and then the end of input. It need not read all of it, nor any.
    Task<void> feed(std::string file);
    // Until it closes its output, or has written more than `most` bytes: then the result is longer than `most`.
    Task<std::string> read(std::size_t most);
    Task<Ended> wait();

private:
    Child(boost::asio::any_io_executor executor, Spawned spawned);

    ProcessId id_;
    boost::asio::writable_pipe input_;
    boost::asio::readable_pipe output_;
    boost::asio::posix::stream_descriptor end_;  // readable once it has ended
};

}  // namespace safargo::pictures
