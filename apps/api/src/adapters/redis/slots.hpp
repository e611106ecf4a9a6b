// Which of the cluster's hash slots a key belongs to (Redis cluster specification, "Key distribution model").
#pragma once

#include <cstdint>
#include <string_view>

namespace safargo::redis {

inline constexpr std::uint16_t slot_count = 16'384;

std::uint16_t crc16(std::string_view bytes);  // CRC-16/XMODEM

// Keys with the same {tag} share a slot, so that one script may use them together.
std::uint16_t slot_of(std::string_view key);

}  // namespace safargo::redis
