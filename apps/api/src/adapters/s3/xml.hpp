// Reads the short XML answers of S3 and STS: errors, the id of a multipart upload, credentials. Strict and small:
// elements and text, no document types, no CDATA, nothing but the predefined entities and character references.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::s3 {

// One element without children: "Error/Code" and the text in it.
struct XmlText {
    std::string path;
    std::string text;
    bool operator==(const XmlText&) const = default;
};

struct XmlLimits {
    std::size_t bytes = std::size_t{64} * 1024;
    std::size_t depth = 8;
    std::size_t elements = 1000;
    std::size_t name = 64;  // bytes
};

// In order. nullopt if the document is not well-formed UTF-8, or beyond the limits; attributes and comments are
// skipped.
std::optional<std::vector<XmlText>> read_xml(std::string_view document, const XmlLimits& limits = {});

// The text of the first element with that path; "" if there is none, or the document cannot be read.
std::string text_at(std::string_view document, std::string_view path);

}  // namespace safargo::s3
