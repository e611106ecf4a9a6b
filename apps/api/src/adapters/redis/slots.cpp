#include "adapters/redis/slots.hpp"

#include <array>

namespace safargo::redis {
namespace {

constexpr std::array<std::uint16_t, 256> make_table() {
    std::array<std::uint16_t, 256> table{};
    for (unsigned byte = 0; byte < table.size(); ++byte) {
        unsigned crc = byte << 8U;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ 0x1021U : crc << 1U;
        table[byte] = static_cast<std::uint16_t>(crc);
    }
    return table;
}

constexpr auto table = make_table();

std::string_view hashed_part(std::string_view key) {
    const std::size_t open = key.find('{');
    if (open == std::string_view::npos) return key;
    const std::size_t close = key.find('}', open + 1);
    if (close == std::string_view::npos || close == open + 1) return key;
    return key.substr(open + 1, close - open - 1);
}

}  // namespace

std::uint16_t slot_of(std::string_view key) {
    unsigned crc = 0;
    for (const char c : hashed_part(key)) {
        const unsigned byte = static_cast<unsigned char>(c);
        crc = ((crc << 8U) ^ table[((crc >> 8U) ^ byte) & 0xFFU]) & 0xFFFFU;
    }
    return static_cast<std::uint16_t>(crc % slot_count);
}

}  // namespace safargo::redis
