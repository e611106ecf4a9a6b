#include "contract/field_path.hpp"

#include "core/shorten.hpp"

#include <utility>

namespace safargo::contract {

void FieldPath::add_name(std::string_view name) {
    if (text_.size() > longest) return;
    if (!text_.empty() && !name.empty()) text_ += '.';
    text_ += shorten(name, longest_name);
}

void FieldPath::add_index(std::size_t index) {
    if (text_.size() > longest) return;
    text_ += '[' + std::to_string(index) + ']';
}

std::string FieldPath::take() && {
    if (text_.size() <= longest) return std::move(text_);
    return shorten(text_, longest);
}

}  // namespace safargo::contract
