// Writes a large object in parts. Until the last step nothing is visible; what fails before is aborted.
#pragma once

#include "adapters/s3/calls.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::s3 {

inline constexpr std::size_t smallest_part = std::size_t{5} << 20;  // S3's limit, but for the last part

// `target`: the object, for any method. `headers`: of the object itself. `part_bytes`: at least `smallest_part`.
// S3 removes the parts of an upload whose abort did not get through by the bucket's rule for incomplete uploads.
Task<void> write_in_parts(Calls& calls, Target target, net::Headers headers, std::string body, std::size_t part_bytes);

// The body of the last step. `etags`: of the parts, in order.
std::string completion_of(const std::vector<std::string>& etags);

}  // namespace safargo::s3
