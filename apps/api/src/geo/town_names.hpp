// Which towns a name may mean: communes and other towns, by every name that the gazetteer has for them. Only names that
// everybody takes for one town mean it wherever they stand: those of the wilayas and of towns of some weight, unless
// they are words or the names of people as well. "الجامعة" and "Naciria" are a stop in any town.
#pragma once

#include "core/lat_lng.hpp"
#include "geo/gazetteer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

class TownNames {
public:
    explicit TownNames(const GazetteerData& data);

    // From `point` to the nearest place of that name, metres; nullopt where it means no town. Villages and sights that
    // share their name with a town count beside it: El Eulma lies near Sétif, and another one near Annaba. The whole
    // text counts, folded and without its spaces: "ORAN", "wahran" and "وهران" are Oran, "Rue d'Oran" is not.
    std::optional<double> nearest_m(std::string_view name, LatLng point) const;

private:
    struct Name {
        std::string key;
        LatLng position;
        bool means_a_town;
    };
    void add(std::string_view name, LatLng position, bool is_known);

    std::vector<Name> names_;  // by key
};

}  // namespace safargo::geo
