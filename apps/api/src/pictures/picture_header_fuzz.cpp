// Bytes of a stranger's file: the header is read without reading past the end, and agrees with the signature.
// Aimed at: pictures/picture_header.cpp
#include "pictures/picture_header.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::pictures;
    const std::string_view file(reinterpret_cast<const char*>(data), size);
    const auto header = read_header(file);
    if (!header) return 0;
    if (sniff(file) != header->format) std::abort();
    if (header->width == 0 || header->height == 0) std::abort();
    if (format_of_type(content_type(header->format)) != header->format) std::abort();
    return 0;
}
