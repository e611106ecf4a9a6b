// Uploads and the pictures made of them, as other features and the database know them.
#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

namespace safargo::media {

// What an upload is for. Documents are private: they are read through signed URLs only. The other purposes make public
// pictures.
enum class Purpose { profile_photo, vehicle_photo, place_photo, kyc_document };
BOOST_DESCRIBE_ENUM(Purpose, profile_photo, vehicle_photo, place_photo, kyc_document)

inline bool is_private(Purpose purpose) {
    return purpose == Purpose::kyc_document;
}

// A finished upload, in the hands of the feature that uses it.
struct ClaimedPicture {
    PictureId id;  // the same UUID as its upload's
    std::int64_t width = 0, height = 0;
};

}  // namespace safargo::media
