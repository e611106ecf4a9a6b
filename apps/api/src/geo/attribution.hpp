// The attribution required wherever our map data is shown (packages/database/data/SOURCES.md lists what comes from
// whom).
#pragma once

#include <string_view>

namespace safargo::geo {

inline constexpr std::string_view data_attribution =
    "© OpenStreetMap contributors (ODbL) · GeoNames (CC BY 4.0) · GeoAlgeria (MIT) · Wikidata (CC0) · Natural Earth";

}  // namespace safargo::geo
