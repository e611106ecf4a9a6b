// The OpenAPI 3.1 document of all registered operations, with x-access for the role table.
#pragma once

#include "api/endpoints.hpp"

#include <string>
#include <string_view>

namespace safargo::api {

std::string openapi_document(const Endpoints& endpoints, std::string_view version);

}  // namespace safargo::api
