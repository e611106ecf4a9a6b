// Whatever comes back is read or refused.
// Aimed at: adapters/stripe/answers.cpp
#include "adapters/stripe/answers.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

template <class Read>
void try_to(Read read) {
    try {
        read();
    } catch (const safargo::stripe::BadAnswer&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace safargo::stripe;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    try_to([&] { read_session(body); });
    try_to([&] { read_intent(body); });
    try_to([&] { read_found_intents(body); });
    try_to([&] { read_refund(body); });
    try_to([&] { read_refunds(body); });
    read_error(body);
    return 0;
}
