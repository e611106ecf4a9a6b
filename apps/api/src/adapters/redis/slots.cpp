#include "adapters/redis/slots.hpp"

#include <array>

namespace safargo::redis {
namespace {

constexpr std::uint16_t polynomial = 0x1021;

constexpr std::array<std::uint16_t, 256> make_table() {
    std::array<std::uint16_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        unsigned rest = byte << 8U;
        for (int bit = 0; bit < 8; ++bit) rest = (rest & 0x8000U) != 0 ? (rest << 1U) ^ polynomial : rest << 1U;
        table[byte] = static_cast<std::uint16_t>(rest);
    }
    return table;
}

constexpr std::array<std::uint16_t, 256> table = make_table();

// What stands between the first '{' and the next '}', or the whole key if that is nothing.
std::string_view tag_of(std::string_view key) {
    const std::size_t open = key.find('{');
    if (open == std::string_view::npos) return key;
    const std::size_t close = key.find('}', open + 1);
    if (close == std::string_view::npos || close == open + 1) return key;
    return key.substr(open + 1, close - open - 1);
}

}  // namespace

std::uint16_t crc16(std::string_view bytes) {
    std::uint16_t rest = 0;
    for (const char c : bytes) {
        const auto index = static_cast<std::uint8_t>((rest >> 8U) ^ static_cast<std::uint8_t>(c));
        rest = static_cast<std::uint16_t>(static_cast<std::uint16_t>(rest << 8U) ^ table[index]);
    }
    return rest;
}

std::uint16_t slot_of(std::string_view key) {
    return crc16(tag_of(key)) % slot_count;
}

}  // namespace safargo::redis
