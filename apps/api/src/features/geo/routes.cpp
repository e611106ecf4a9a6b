#include "features/geo/routes.hpp"

namespace safargo::geo_routes {

void add_routes(api::Endpoints& endpoints, GeoService& geo) {
    endpoints.get("/geo/suggest", "Suggest places as people type")
        .describes(
            "Wilayas, communes, localities and sights, best match first. Understands French, Arabic and Latin "
            "spellings, typos and arabizi: Bgayet, Béjaïa and بجاية find the same town.")
        .query<SuggestQuery>()
        .returns<PlaceSuggestions>()
        .handle([&geo](const RequestContext& context, const SuggestQuery& wanted) {
            return geo.suggest(wanted, context.language);
        });

    endpoints.get("/geo/route", "Plan a road route")
        .describes(
            "Distance, duration and polyline by road between two points, with the recommended price of a seat and the "
            "highest one allowed for the fuel.")
        .query<RouteQuery>()
        .returns<RoadRoute>()
        .handle([&geo](const RouteQuery& wanted) { return geo.route(wanted); });

    endpoints.get("/geo/wilayas", "List the wilayas")
        .describes(
            "By code, with their names in three languages. has_powers says whether a new wilaya already administers "
            "itself today.")
        .returns<WilayaList>()
        .etag()
        .handle([&geo](const RequestContext& context) { return geo.wilayas(context.language); });
}

}  // namespace safargo::geo_routes
