// A strict JSON document: keys in order, numbers as written, so that nothing is lost before the types see it.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace safargo::contract {

struct Node;
struct Member;

struct Number {
    std::string lexeme;  // as written: "1", "1.0", "1e3"
    bool integral = false;
};

using Array = std::vector<Node>;
using Object = std::vector<Member>;

struct Node {
    std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> value;

    bool is_null() const { return std::holds_alternative<std::nullptr_t>(value); }
    template <class T>
    const T* as() const {
        return std::get_if<T>(&value);
    }
};

struct Member {
    std::string name;
    Node node;
};

inline constexpr std::size_t max_depth = 16;

// RFC 8259 in UTF-8. Syntax, encoding and depth errors are malformed_request (400), naming the field; duplicate keys
// are validation_failed (422), naming the key.
Result<Node> read_json(std::string_view text);

}  // namespace safargo::contract
