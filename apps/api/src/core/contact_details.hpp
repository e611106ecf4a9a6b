// Ways around SafarGo in what everybody reads: numbers, addresses and links in names and labels (PRODUCT section 2).
#pragma once

#include <string_view>

namespace safargo {

// Whether valid UTF-8 says how to reach somebody: a phone number in any digits and spacing, an address ("amel at gmail
// point com" too), a link, a handle. Years, times, prices, roads ("RN 5 km 12") and estates ("1200 logements") are
// none.
bool holds_contact_details(std::string_view utf8);

}  // namespace safargo
