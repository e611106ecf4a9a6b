#include "http/etag.hpp"

namespace safargo::http {
namespace {

constexpr std::string_view gzip_end = "-gzip\"";

// The part between the quotes, without weakness and compression marks.
std::string_view opaque(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    tag.remove_prefix(1);
    tag.remove_suffix(tag.ends_with(gzip_end) ? gzip_end.size() : 1);
    return tag;
}

// Takes one entity tag with its separators off the front; "" if there is none.
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
    if (etag.size() < 2) return false;
    if (header == "*") return true;
    while (!header.empty()) {
        const std::string_view tag = next_tag(header);
        if (!tag.empty() && opaque(tag) == opaque(etag)) return true;
    }
    return false;
}

std::string gzip_etag(std::string_view etag) {
    if (etag.starts_with("W/") || !etag.ends_with('"')) return std::string(etag);
    return std::string(etag.substr(0, etag.size() - 1)).append(gzip_end);
}

}  // namespace safargo::http
