// Which towns a name may mean: communes and other towns, by every name that the gazetteer has for them.
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

    // From `point` to the nearest town of that name, metres; nullopt where no town is called so. A sight that shares
    // its name with a town counts beside it: Sidi Fredj is a commune near Souk Ahras, and a beach of Algiers. The whole
    // text counts, folded and without its spaces: "ORAN", "wahran" and "وهران" are Oran, "Rue d'Oran" is not.
    std::optional<double> nearest_m(std::string_view name, LatLng point) const;

private:
    struct Name {
        std::string key;
        LatLng position;
        bool is_town;
    };
    void add(std::string_view name, LatLng position, bool is_town = true);

    std::vector<Name> names_;  // by key
};

}  // namespace safargo::geo
