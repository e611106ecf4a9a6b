// Where in a document a value is: "stops[1].price". Short whatever the document's names and depth.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo::contract {

class FieldPath {
public:
    static constexpr std::size_t longest = 200;      // bytes
    static constexpr std::size_t longest_name = 64;  // bytes of a single name

    void add_name(std::string_view name);
    void add_index(std::size_t index);
    std::string take() &&;

private:
    std::string text_;
};

}  // namespace safargo::contract
