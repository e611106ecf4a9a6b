// Any bytes: whole or cut in two, they are the same answer or the same failure.
// Aimed at: load/response_reader.cpp
#include "load/response_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using safargo::load::ResponseReader;
    if (size < 2) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    ResponseReader whole, cut;
    whole.begin();
    cut.begin();
    const auto state = whole.feed(bytes);
    const std::size_t first = bytes.empty() ? 0 : (data[0] / 2 * 256 + data[1]) % bytes.size();
    cut.feed(bytes.substr(0, first));
    if (cut.feed(bytes.substr(first)) != state) __builtin_trap();
    if (state == ResponseReader::State::failed) return 0;
    if (whole.status() != cut.status() || whole.body_start() != cut.body_start()) __builtin_trap();
    return 0;
}
