// The slots of a Redis cluster: each key belongs to one, each master serves some.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace safargo::redis {

inline constexpr std::size_t slot_count = 16'384;

// CRC-16/XMODEM of the key, or of what stands between its first { and the next } if that is not empty.
std::uint16_t slot_of(std::string_view key);

}  // namespace safargo::redis
