// The first bytes of a picture file: which format it really has and how large the picture is, before anything is
// decoded. Whatever else the file contains is left to libvips.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace safargo::pictures {

// The formats that are accepted. GIF, HEIC, TIFF, SVG, PDF and all others are not.
enum class Format : std::uint8_t { jpeg, png, webp };

// By the signature alone; nullopt for any other file.
std::optional<Format> sniff(std::string_view file);

std::string_view content_type(Format format);                         // "image/jpeg"
std::optional<Format> format_of_type(std::string_view content_type);  // in lower case, without parameters

struct Header {
    Format format;
    std::uint32_t width, height;  // as stored, before any rotation; not 0

    std::uint64_t pixels() const { return std::uint64_t{width} * height; }
    bool operator==(const Header&) const = default;
};

// nullopt for another format, and for a header that is cut off or contradicts itself.
std::optional<Header> read_header(std::string_view file);

}  // namespace safargo::pictures
