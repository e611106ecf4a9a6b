// The unqualified name of a type, which is its schema name in OpenAPI.
#pragma once

#include <string_view>

namespace safargo::contract {

template <class T>
constexpr std::string_view full_type_name() {
    // clang: "std::string_view safargo::contract::full_type_name() [T = safargo::bookings::BookSeats]"
    constexpr std::string_view pretty = __PRETTY_FUNCTION__;
    constexpr std::size_t begin = pretty.find("T = ") + 4;
    return pretty.substr(begin, pretty.rfind(']') - begin);
}

template <class T>
constexpr std::string_view type_name() {
    constexpr std::string_view full = full_type_name<T>();
    constexpr std::size_t colon = full.rfind(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

}  // namespace safargo::contract
