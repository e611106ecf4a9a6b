// The PostgreSQL type for each C++ type (OIDs of pg_type, fixed since PostgreSQL 8).
#pragma once

#include "core/dinars.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"
#include "core/uuid.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

namespace safargo::db {

using Oid = std::uint32_t;

// bytea: raw bytes, unlike std::string, which is text.
struct Bytes {
    std::string value;
    bool operator==(const Bytes&) const = default;
};

template <class T>
concept Integer = std::signed_integral<T> && !std::same_as<T, char> && sizeof(T) >= 2;

template <Integer T>
using SizedInteger =
    std::conditional_t<sizeof(T) == 2, std::int16_t, std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>>;

struct WireType {
    Oid scalar = 0;
    Oid array = 0;
};

template <class T>
inline constexpr WireType wire_type = [] { static_assert(sizeof(T) == 0, "no PostgreSQL type for this C++ type"); }();

template <>
inline constexpr WireType wire_type<bool>{16, 1000};
template <>
inline constexpr WireType wire_type<std::int16_t>{21, 1005};
template <>
inline constexpr WireType wire_type<std::int32_t>{23, 1007};
template <>
inline constexpr WireType wire_type<std::int64_t>{20, 1016};
template <>
inline constexpr WireType wire_type<double>{701, 1022};
template <>
inline constexpr WireType wire_type<Instant>{1184, 1185};  // timestamptz
template <>
inline constexpr WireType wire_type<LocalDate>{1082, 1182};
template <>
inline constexpr WireType wire_type<Uuid>{2950, 2951};
template <>
inline constexpr WireType wire_type<Bytes>{17, 1001};
template <>
inline constexpr WireType wire_type<Dinars> = wire_type<std::int64_t>;
template <class Tag>
inline constexpr WireType wire_type<Id<Tag>> = wire_type<Uuid>;

}  // namespace safargo::db
