// Web pages and their assets: the files of apps/api/pages, embedded in the binary.
#pragma once

#include "http/router.hpp"

#include <span>
#include <string>
#include <string_view>

namespace safargo::pages {

struct File {
    std::string_view name;  // below apps/api/pages: "docs/index.html"
    std::string_view gzip;
};

std::span<const File> files();

// The uncompressed bytes. Throws std::logic_error for an unknown name.
std::string text_of(std::string_view name);

// Serves the file, compressed for clients that accept gzip, with an ETag and the Content-Security-Policy of all pages:
// only our own files, nothing inline but images (which library styles contain). Throws std::logic_error for an unknown
// name.
http::Handler page(std::string_view name);

}  // namespace safargo::pages
