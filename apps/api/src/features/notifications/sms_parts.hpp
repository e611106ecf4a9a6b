// How many parts an SMS has: what it costs.
#pragma once

#include <cstddef>
#include <string_view>

namespace safargo::notifications {

// Of valid UTF-8 (3GPP 23.038, 23.040): 160 letters of the GSM alphabet, or 153 in each of several parts; any other
// letter makes it UCS-2, 70 or 67. Parts are counted as if letters of two units could be cut.
std::size_t sms_parts(std::string_view text);

}  // namespace safargo::notifications
