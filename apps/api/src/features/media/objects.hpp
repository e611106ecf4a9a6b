// Where the files of an upload are in the object store. Everything follows from its id and purpose, so that what a
// crash left behind can be removed without knowing how far it got.
#pragma once

#include "contract/picture.hpp"
#include "features/media/types.hpp"
#include "ports/object_store.hpp"

#include <vector>

namespace safargo::media {

// The file as its owner sent it; removed once it has been looked at.
ObjectName original_of(UploadId upload);

// In the order small, medium, large; for a private one only the large.
std::vector<ObjectName> objects_of(PictureId picture, Purpose purpose);

inline PictureId picture_of(UploadId upload) {
    return {upload.value};
}

}  // namespace safargo::media
