#include "http/etag.hpp"

namespace safargo::http {
namespace {

std::string_view opaque(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag;
}

// Takes one entity tag with its separators off the front; "" when what stands there is none.
std::string_view next_tag(std::string_view& list) {
    const std::size_t begin = list.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return list = {};
    list.remove_prefix(begin);
    const std::size_t open = list.starts_with("W/") ? 2 : 0;
    if (list.size() <= open || list[open] != '"') return list = {};
    const std::size_t close = list.find('"', open + 1);
    if (close == std::string_view::npos) return list = {};
    const std::string_view tag = list.substr(0, close + 1);
    list.remove_prefix(close + 1);
    return tag;
}

}  // namespace

bool etag_matches(std::string_view header, std::string_view etag) {
    if (etag.empty()) return false;
    if (header == "*") return true;
    while (!header.empty()) {
        const std::string_view tag = next_tag(header);
        if (!tag.empty() && opaque(tag) == opaque(etag)) return true;
    }
    return false;
}

std::string weaken_etag(std::string_view etag) {
    if (etag.starts_with("W/")) return std::string(etag);
    return "W/" + std::string(etag);
}

}  // namespace safargo::http
