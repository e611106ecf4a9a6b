// The form by which a browser uploads one object, and the signed policy that allows nothing else.
#pragma once

#include "adapters/s3/signature.hpp"
#include "ports/object_store.hpp"

#include <string>

namespace safargo::s3 {

struct FormTarget {
    std::string bucket;
    std::string url;
    bool encrypted = false;  // at rest, by S3
};

// The form of `permit`, signed as `signing` says and valid from its time on, but never longer than the credentials.
UploadForm make_upload_form(const UploadPermit& permit, const FormTarget& target, const Signing& signing);

}  // namespace safargo::s3
