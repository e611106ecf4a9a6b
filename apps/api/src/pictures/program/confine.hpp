// Takes from this process what decoding a picture does not need, before it reads a byte of the picture.
#pragma once

#include <cstdint>

namespace safargo::pictures {

struct Limits {
    std::uint64_t heap = std::uint64_t{384} << 20;  // bytes of writable memory; the libraries' code is not counted
    std::uint64_t address_space = std::uint64_t{1} << 30;
    std::uint64_t cpu_seconds = 5;
};

// From now on: no file, socket or process can be opened, no memory beyond the limits had, no core dump written, and the
// process ends with its parent. Of system calls only those stay that compute, allocate, start threads, and read and
// write what is already open; the others fail with EPERM. False, with errno set, if the kernel refused any of it.
// Under the address sanitizer, which reserves terabytes, memory is not limited.
bool confine(const Limits& limits);

}  // namespace safargo::pictures
