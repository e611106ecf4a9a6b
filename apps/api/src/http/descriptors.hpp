// File descriptors: every connection needs one, and the system limits them per process.
#pragma once

#include <cstddef>

namespace safargo::http {

// Raises the soft limit to the hard one; returns the new limit.
std::size_t raise_descriptor_limit();

// The connections that fit into `descriptors` when `reserved` are used otherwise; at most `wanted`. A few even if
// hardly any are left: the server then asks its clients to come back.
std::size_t affordable_connections(std::size_t wanted, std::size_t descriptors, std::size_t reserved);

}  // namespace safargo::http
