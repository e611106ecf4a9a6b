// What BoundingBox reads, it writes back the same.
// Aimed at: features/places/bounding_box.cpp
#include "features/places/bounding_box.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using safargo::places::BoundingBox;
    const auto box = BoundingBox::parse({reinterpret_cast<const char*>(data), size});
    if (!box) return 0;
    const auto again = BoundingBox::parse(box->str());
    if (!again || *again != *box) std::abort();
    return 0;
}
