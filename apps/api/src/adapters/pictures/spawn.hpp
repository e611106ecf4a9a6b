// Starts a program with pipes at its standard input and output.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>

namespace safargo::pictures {

// Closes the file when destroyed.
class OwnedFile {
public:
    explicit OwnedFile(int file = -1) : file_(file) {}
    OwnedFile(OwnedFile&& other) noexcept : file_(other.release()) {}
    OwnedFile& operator=(OwnedFile&& other) noexcept {
        std::swap(file_, other.file_);
        return *this;
    }
    ~OwnedFile();

    int get() const { return file_; }
    int release() { return std::exchange(file_, -1); }

private:
    int file_;
};

struct Spawned {
    pid_t pid;
    OwnedFile input, output;  // our ends
};

// The new process shares our memory until it is replaced by the program, so that its start does not depend on our size.
// SIGPIPE is ignored in this process from then on: a program that stops reading must not end us. Throws
// DependencyUnavailable.
Spawned spawn(const std::string& program, const std::string& argument);

}  // namespace safargo::pictures
