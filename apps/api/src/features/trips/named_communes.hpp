// The communes that a route's stops claim to lie in. Pure.
#pragma once

#include "core/error.hpp"
#include "features/trips/requests.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace safargo::trips {

struct NamedCommune {
    std::size_t stop;
    std::string code;
    LatLng where;  // of the stop
};

std::vector<NamedCommune> communes_of(const WantedStops& stops);
std::vector<NamedCommune> communes_of(const std::vector<Stop>& stops);
// Without those that a stop at the same place already has.
std::vector<NamedCommune> new_communes_of(const WantedStops& stops, const std::vector<Stop>& before);

// unknown_reference for a code without a centre, commune_elsewhere for a centre more than 30 km from the stop.
std::vector<FieldError> find_wrong_communes(const std::vector<NamedCommune>& named,
                                            const std::map<std::string, LatLng>& centres);

}  // namespace safargo::trips
