// Geography of Algeria. Answered from memory, except the fare policy.
#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "features/geo/repository.hpp"
#include "features/geo/types.hpp"
#include "geo/gazetteer.hpp"
#include "geo/road_graph.hpp"

namespace safargo::geo_routes {

class GeoService {
public:
    GeoService(db::Database& database, const geo::Gazetteer& gazetteer, const geo::RoadGraph& roads, const Clock& clock)
        : database_(database), gazetteer_(gazetteer), roads_(roads), clock_(clock) {}

    Task<Result<PlaceSuggestions>> suggest(SuggestQuery wanted, Language language);
    Task<Result<RoadRoute>> route(RouteQuery wanted);
    Task<Result<WilayaList>> wilayas(Language language);

private:
    db::Database& database_;
    const geo::Gazetteer& gazetteer_;
    const geo::RoadGraph& roads_;
    const Clock& clock_;
};

}  // namespace safargo::geo_routes
