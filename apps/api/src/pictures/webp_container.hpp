// The container of a WebP file: its pixels, and whatever else an encoder or a stranger puts beside them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace safargo::pictures {

// The same still picture without colour profile, EXIF, XMP and unknown chunks; nullopt if the file is no still picture.
std::optional<std::string> keep_pixels(std::string_view webp);

}  // namespace safargo::pictures
