// The two calls most code needs: request bytes into a type, and a type into response bytes.
#pragma once

#include "contract/described.hpp"

#include <string>
#include <string_view>

namespace safargo::contract {

// 400 malformed_request if it is not JSON, 422 validation_failed naming every wrong field.
template <class T>
Result<T> parse_json(std::string_view text) {
    auto node = read_json(text);
    if (!node) return std::unexpected(std::move(node.error()));
    Errors errors;
    auto value = Codec<T>::parse(*node, errors);
    if (!errors.empty()) return std::unexpected(errors.take());
    return std::move(*value);
}

template <class T>
void print_json(std::string& out, const T& value, Reader reader = {}) {
    Writer writer(out, reader);
    Codec<T>::print(writer, value);
}

template <class T>
std::string to_json(const T& value, Reader reader = {}) {
    std::string out;
    print_json(out, value, reader);
    return out;
}

}  // namespace safargo::contract
