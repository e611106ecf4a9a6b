// Pages for people and what they load: the files of apps/api/pages, compiled in.
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

// The plain bytes. Throws std::logic_error when no file is called so.
std::string text_of(std::string_view name);

// Answers with the file, packed as it is for those who read gzip, with an ETag and the policy under which all pages
// run: nothing but our own files, nothing inline but pictures (what the styles of a library carry within them).
// Throws std::logic_error when no file is called so.
http::Handler page(std::string_view name);

}  // namespace safargo::pages
