// Names of header fields, which do not distinguish upper and lower case.
#pragma once

#include <string_view>

namespace safargo::net {

bool same_field(std::string_view a, std::string_view b);

}  // namespace safargo::net
