#include "features/media/views.hpp"

#include <algorithm>
#include <array>

namespace safargo::media {

Checked<PictureType> PictureType::parse(std::string_view text) {
    constexpr std::array<std::string_view, 3> accepted{"image/jpeg", "image/png", "image/webp"};
    if (std::ranges::find(accepted, text) == accepted.end()) return refuse(Rule::picture_types);
    PictureType type;
    type.value_ = text;
    return type;
}

}  // namespace safargo::media
