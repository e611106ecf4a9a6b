// Decodes one file with libvips and encodes it again in three sizes.
#pragma once

#include "pictures/answer.hpp"

#include <string_view>

namespace safargo::pictures {

// Once per process, before the first picture: one thread per picture, nothing cached, every loader blocked. False if
// libvips does not start.
bool start_vips();
void stop_vips();

// `announced` is the content type that the sender stated. Of a file with several pictures the first is taken. The
// results are upright, in sRGB, with transparency if there is some, and hold nothing but pixels: whatever the file
// carried besides (EXIF, GPS, XMP, colour profile, comments, a tail of other data) is gone. Small ones are not
// enlarged.
Answer make_pictures(std::string_view file, std::string_view announced);

}  // namespace safargo::pictures
