// Bytes of a program that a hostile file may have taken over: what is accepted is exactly what pack() writes.
// Aimed at: pictures/answer.cpp
#include "pictures/answer.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::pictures;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto answer = unpack(bytes);
    if (answer && pack(*answer) != bytes) std::abort();
    return 0;
}
