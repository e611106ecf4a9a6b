// Names of enums described with Boost.Describe, the same in JSON, queries, the database and logs.
#pragma once

#include "core/result.hpp"

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace safargo {

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

// Enumerators that would be keywords have a trailing underscore, in C++ only.
constexpr std::string_view wire_name(std::string_view enumerator) {
    if (enumerator.ends_with('_')) enumerator.remove_suffix(1);
    return enumerator;
}

template <DescribedEnum E>
constexpr std::string_view enum_name(E value) {
    std::string_view found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) found = wire_name(d.name);
    });
    return found;
}

template <DescribedEnum E>
std::string enum_names(std::string_view separator, std::string_view quote = "") {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (!names.empty()) names += separator;
        names.append(quote).append(wire_name(d.name)).append(quote);
    });
    return names;
}

// not_allowed lists the allowed names.
template <DescribedEnum E>
Checked<E> enum_from(std::string_view text) {
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (text == wire_name(d.name)) found = d.value;
    });
    if (found) return *found;
    return refuse(Rule::not_allowed, enum_names<E>(", "));
}

}  // namespace safargo
