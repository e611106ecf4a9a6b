// What is kept of any file is itself a file of nothing but pixels.
// Aimed at: pictures/webp_container.cpp
#include "pictures/picture_header.hpp"
#include "pictures/webp_container.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::pictures;
    const auto kept = keep_pixels({reinterpret_cast<const char*>(data), size});
    if (!kept) return 0;
    if (sniff(*kept) != Format::webp || keep_pixels(*kept) != *kept) std::abort();
    return 0;
}
