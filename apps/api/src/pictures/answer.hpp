// What the program safargo-pictures writes on its standard output: pictures, or why there are none.
#pragma once

#include "pictures/picture_header.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace safargo::pictures {

inline constexpr std::size_t largest_file = 12'000'000;   // bytes
inline constexpr std::uint64_t most_pixels = 40'000'000;  // decided by the header
inline constexpr std::size_t largest_answer = 8'000'000;  // bytes: four times what three noisy pictures take

// Three WebP files of pixels and nothing else, each fitting into its square of 160, 640 or 1280 pixels.
struct Made {
    std::uint32_t width = 0, height = 0;  // of the large one
    std::string small{}, medium{}, large{};

    bool operator==(const Made&) const = default;
};

enum class Reason : std::uint8_t {
    not_a_picture,  // none of the accepted formats
    other_format,   // not what its sender said
    too_large,      // more than most_pixels
    broken,         // cut off, or not decodable
    too_costly,     // decoding takes more memory or time than allowed
};

struct Refused {
    Reason reason = Reason::broken;
    std::optional<Format> found{};  // with other_format

    bool operator==(const Refused&) const = default;
};

using Answer = std::variant<Made, Refused>;

std::string pack(const Answer& answer);
// nullopt for anything that pack() does not write: the program may have been taken over by the file it decoded.
std::optional<Answer> unpack(std::string_view bytes);

}  // namespace safargo::pictures
