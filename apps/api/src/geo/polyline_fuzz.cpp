// Any bytes are refused or decode to points that encode and decode to themselves.
// Aimed at: geo/polyline.cpp
#include "geo/polyline.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto points = safargo::geo::decode_polyline({reinterpret_cast<const char*>(data), size});
    if (!points) return 0;
    const auto again = safargo::geo::decode_polyline(safargo::geo::encode_polyline(*points));
    if (again != points) std::abort();
    return 0;
}
