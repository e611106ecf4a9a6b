// Integers in PostgreSQL's binary format.
#pragma once

#include <bit>
#include <concepts>
#include <cstring>
#include <string>
#include <string_view>

namespace safargo::db::wire {

template <std::integral T>
void put_big_endian(std::string& out, T value) {
    if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

// The first sizeof(T) bytes, which must exist.
template <std::integral T>
T get_big_endian(std::string_view bytes) {
    T value;
    std::memcpy(&value, bytes.data(), sizeof(T));
    if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
    return value;
}

}  // namespace safargo::db::wire
