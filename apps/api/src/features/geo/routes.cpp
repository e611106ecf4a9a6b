#include "features/geo/routes.hpp"

namespace safargo::geo_routes {

void add_routes(api::Endpoints& endpoints, GeoService& geo) {
    endpoints.get("/geo/suggest", "Wilayas, communes and sights by what people type")
        .query<SuggestQuery>()
        .returns<PlaceSuggestions>()
        .handle([&geo](const RequestContext& context, const SuggestQuery& wanted) {
            return geo.suggest(wanted, context.language);
        });

    endpoints.get("/geo/route", "The way by road between two points, and what a seat may cost")
        .query<RouteQuery>()
        .returns<RoadRoute>()
        .handle([&geo](const RouteQuery& wanted) { return geo.route(wanted); });

    endpoints.get("/geo/wilayas", "The wilayas as they are today")
        .returns<WilayaList>()
        .etag()
        .handle([&geo](const RequestContext& context) { return geo.wilayas(context.language); });
}

}  // namespace safargo::geo_routes
