// Uploads and the pictures made of them, as the database and other features know them.
#pragma once

#include "contract/described.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace safargo::media {

// What an upload is for. Documents are private: they are read through signed addresses only. The other purposes make
// public pictures.
enum class Purpose { profile_photo, vehicle_photo, place_photo, kyc_document };
BOOST_DESCRIBE_ENUM(Purpose, profile_photo, vehicle_photo, place_photo, kyc_document)

inline bool is_private(Purpose purpose) {
    return purpose == Purpose::kyc_document;
}

// permitted -> finished | refused | expired
enum class UploadState { permitted, finished, refused, expired };
BOOST_DESCRIBE_ENUM(UploadState, permitted, finished, refused, expired)

// The row.
struct Upload {
    UploadId id{};
    UserId owner{};
    Purpose purpose = Purpose::profile_photo;
    std::string content_type{};  // as announced
    std::int64_t bytes = 0;      // as announced
    UploadState state = UploadState::permitted;
    std::optional<Violation> refusal{};
    std::optional<Instant> busy_until{};  // a request is finishing it
    Instant created_at{}, expires_at{};
};

// A finished upload, in the hands of the feature that uses it.
struct ClaimedPicture {
    PictureId id;  // the same UUID as its upload's
    std::int64_t width = 0, height = 0;
};

// The body of the routes that use a finished upload.
struct UseUpload {
    UploadId upload_id;
};
BOOST_DESCRIBE_STRUCT(UseUpload, (), (upload_id))

}  // namespace safargo::media
