// Connections are file descriptors, of which the system gives a process so many and no more.
#pragma once

#include <cstddef>

namespace safargo::http {

// Raises the soft limit to the hard one; the limit that then holds.
std::size_t raise_descriptor_limit();

// How many connections `descriptors` allow when `reserved` of them are for other things; never more than `wanted`. With
// hardly anything left a few all the same: the server then tells its clients to come back.
std::size_t affordable_connections(std::size_t wanted, std::size_t descriptors, std::size_t reserved);

}  // namespace safargo::http
