#include "ports/object_key.hpp"

#include "core/characters.hpp"
#include "core/text.hpp"

#include <stdexcept>

namespace safargo {
namespace {

bool is_segment(std::string_view text) {
    return !text.empty() && text != "." && text != "..";
}

bool has_control_characters(std::string_view utf8) {
    while (!utf8.empty()) {
        if (is_control(take_character(utf8))) return true;
    }
    return false;
}

}  // namespace

bool is_object_key(std::string_view key) {
    if (key.empty() || key.size() > longest_object_key || key.contains("${")) return false;
    if (!is_valid_utf8(key) || has_control_characters(key)) return false;
    while (true) {
        const std::size_t slash = key.find('/');
        if (!is_segment(key.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        key.remove_prefix(slash + 1);
    }
}

void require_object_key(std::string_view key) {
    if (!is_object_key(key)) throw std::invalid_argument("not a key of an object");
}

}  // namespace safargo
