// Which keys objects may have: names that mean the same to S3, to a file system and in every URL.
#pragma once

#include <cstddef>
#include <string_view>

namespace safargo {

inline constexpr std::size_t longest_object_key = 512;  // bytes; S3 allows 1024

// 1 to 512 bytes of UTF-8 in segments separated by '/': none empty, none "." or "..", no control characters and no "${"
// (which an upload form would replace).
bool is_object_key(std::string_view key);

// Throws std::invalid_argument, which does not show the key. Keys are made by our own code, never taken from a caller.
void require_object_key(std::string_view key);

// Whether anyone may read it.
inline bool is_public(std::string_view key) {
    return key.starts_with("public/");
}

}  // namespace safargo
