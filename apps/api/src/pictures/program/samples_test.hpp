// Pictures for the tests, encoded by libvips, and what a decoder sees in a result.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::pictures::test {

struct Sample {
    int width = 40, height = 20;
    bool alpha = false;  // transparent on the right half
    bool sixteen_bit = false;
    bool cmyk = false;
    bool interlaced = false;
    bool with_profile = false;  // an embedded colour profile
};

// Red on the left half, blue on the right.
std::string jpeg_of(const Sample& sample);
std::string png_of(const Sample& sample);
std::string webp_of(const Sample& sample);

// Two frames: the sample, then a green one.
std::string animated_webp_of(const Sample& sample);

// With an EXIF segment: this orientation, a camera, and a place in Algiers.
std::string with_exif(const std::string& jpeg, int orientation);

struct Seen {
    int width = 0, height = 0, bands = 0;
    std::array<int, 4> first{}, last{};  // the values of the top left and the bottom right pixel
    bool has_metadata = false;           // EXIF, XMP, IPTC or a colour profile
};
// Throws std::runtime_error if it is not a complete WebP picture.
Seen look_at(const std::string& webp);

}  // namespace safargo::pictures::test
