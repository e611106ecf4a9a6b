// Headers of picture files, made by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::pictures::test {

inline std::string big_endian(std::uint32_t value, int size) {
    std::string bytes;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 0xff));
    return bytes;
}

inline std::string little_endian(std::uint32_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes.push_back(static_cast<char>(value >> (8 * i) & 0xff));
    return bytes;
}

// A JPEG segment; `marker` is its second byte.
inline std::string segment(int marker, std::string_view content) {
    return std::string("\xff") + static_cast<char>(marker) +
           big_endian(static_cast<std::uint32_t>(content.size()) + 2, 2) + std::string(content);
}

inline std::string jpeg_frame(std::uint32_t width, std::uint32_t height, int marker = 0xc0) {
    return segment(marker,
                   "\x08" + big_endian(height, 2) + big_endian(width, 2) + std::string("\x03") + std::string(9, '\0'));
}

inline std::string jpeg_header(std::uint32_t width, std::uint32_t height) {
    return "\xff\xd8" + segment(0xe0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14)) + jpeg_frame(width, height);
}

inline std::string png_header(std::uint32_t width, std::uint32_t height) {
    return "\x89PNG\r\n\x1a\n" + big_endian(13, 4) + "IHDR" + big_endian(width, 4) + big_endian(height, 4) +
           std::string("\x08\x02\0\0\0", 5);
}

inline std::string webp_file(std::string_view chunks) {
    return "RIFF" + little_endian(static_cast<std::uint32_t>(chunks.size()) + 4, 4) + "WEBP" + std::string(chunks);
}

inline std::string webp_chunk(std::string_view name, std::string_view content) {
    std::string chunk(name);
    chunk += little_endian(static_cast<std::uint32_t>(content.size()), 4);
    chunk += content;
    if (content.size() % 2 == 1) chunk.push_back('\0');
    return chunk;
}

inline std::string lossy_pixels(std::uint32_t width, std::uint32_t height) {
    return std::string("\x30\x01\0\x9d\x01\x2a", 6) + little_endian(width, 2) + little_endian(height, 2) + "pixels";
}

inline std::string lossless_pixels(std::uint32_t width, std::uint32_t height) {
    return "\x2f" + little_endian((width - 1) | (height - 1) << 14, 4) + "pixels";
}

inline std::string extended(int flags, std::uint32_t width, std::uint32_t height) {
    return std::string(1, static_cast<char>(flags)) + std::string(3, '\0') + little_endian(width - 1, 3) +
           little_endian(height - 1, 3);
}

}  // namespace safargo::pictures::test
