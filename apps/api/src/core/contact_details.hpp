// Detects attempts to bypass SafarGo in public text: phone numbers, addresses and links in names and labels (PRODUCT
// section 2).
#pragma once

#include <string_view>

namespace safargo {

// Whether valid UTF-8 contains contact details: a phone number in any digits and spacing, an email address ("amel at
// gmail point com" too), a link or a handle. Years, times, prices, roads ("RN 5 km 12") and estates ("1200 logements")
// do not count.
bool holds_contact_details(std::string_view utf8);

}  // namespace safargo
