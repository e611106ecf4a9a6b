// /dev/objects/{bucket}: what browsers reach at S3, for the local store. Development only, at the root, without login.
#pragma once

#include "adapters/local_objects/object_store.hpp"
#include "http/router.hpp"

#include <cstddef>

namespace safargo::local_objects {

inline constexpr std::size_t largest_upload = std::size_t{24} << 20;  // bytes of one form

// GET ?key=…[&expires=…&signature=…] → the object. POST multipart/form-data → 204. Refusals have S3's status and code,
// in its XML. `store` outlives the router.
void add_routes(http::Router& router, LocalObjectStore& store);

}  // namespace safargo::local_objects
