// Towns that a name may mean: communes and other towns, by all names in the gazetteer. A name means its town everywhere
// only if it is unambiguous: names of wilayas and larger towns that are not also common words or names of people.
// "الجامعة" and "Naciria" are stops in any town.
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

    // Metres from `point` to the nearest place of that name; nullopt if the name means no town. Villages and sights
    // that share a town's name count too: one El Eulma is near Sétif, another near Annaba. The whole text counts,
    // folded and without spaces: "ORAN", "wahran" and "وهران" are Oran, "Rue d'Oran" is not.
    std::optional<double> nearest_m(std::string_view name, LatLng point) const;

private:
    struct Name {
        std::string key;
        LatLng position;
        bool means_a_town;
    };
    void add(std::string_view name, LatLng position, bool is_known);

    std::vector<Name> names_;  // sorted by key
};

}  // namespace safargo::geo
