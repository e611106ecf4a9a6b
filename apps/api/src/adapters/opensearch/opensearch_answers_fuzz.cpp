// Whatever comes back is read or refused.
#include "adapters/opensearch/answers.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

template <class Read>
void try_to(Read read) {
    try {
        read();
    } catch (const safargo::opensearch::BadAnswer&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::opensearch;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    try_to([&] { read_hits(body, 100); });
    try_to([&] { read_marks(body, 100); });
    try_to([&] { check_bulk(body, 2); });
    try_to([&] { read_layout(body); });
    try_to([&] { read_index_names(body); });
    return 0;
}
