#include "features/trips/named_communes.hpp"

#include "features/trips/journey.hpp"
#include "features/trips/plausible.hpp"

#include <algorithm>

namespace safargo::trips {

std::vector<NamedCommune> communes_of(const WantedStops& stops) {
    std::vector<NamedCommune> named;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const WantedStop& stop = stops[i];
        if (stop.commune_id) named.push_back({i, stop.commune_id->str(), {stop.lat.value(), stop.lng.value()}});
    }
    return named;
}

std::vector<NamedCommune> communes_of(const std::vector<Stop>& stops) {
    std::vector<NamedCommune> named;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (!stops[i].commune_id.empty()) named.push_back({i, stops[i].commune_id, stops[i].where});
    }
    return named;
}

std::vector<NamedCommune> new_communes_of(const WantedStops& stops, const std::vector<Stop>& before) {
    std::vector<NamedCommune> named = communes_of(stops);
    std::erase_if(named, [&](const NamedCommune& commune) {
        return std::ranges::any_of(
            before, [&](const Stop& stop) { return stop.where == commune.where && stop.commune_id == commune.code; });
    });
    return named;
}

std::vector<FieldError> find_wrong_communes(const std::vector<NamedCommune>& named,
                                            const std::map<std::string, LatLng>& centres) {
    std::vector<FieldError> errors;
    for (const NamedCommune& commune : named) {
        const std::string field = field_of(commune.stop, "commune_id");
        const auto centre = centres.find(commune.code);
        if (centre == centres.end()) {
            errors.push_back({field, {Rule::unknown_reference}});
            continue;
        }
        const double metres = distance_m(commune.where, centre->second);
        if (metres > name_reach_m) errors.push_back({field, {Rule::commune_elsewhere, spell_km(metres)}});
    }
    return errors;
}

}  // namespace safargo::trips
