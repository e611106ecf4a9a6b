#include "features/places/routes.hpp"

namespace safargo::places {

void add_routes(api::Endpoints& endpoints, PlaceService& places) {
    endpoints.get("/places", "List sights")
        .describes(
            "By type, wilaya, words, distance or map section. Sorted by distance when near is given, by best match "
            "when q is given, otherwise by popularity, unless sort says otherwise.")
        .query<PlaceQuery>()
        .returns<PlacePage>()
        .etag()
        .handle([&places](const RequestContext& context, const PlaceQuery& wanted) {
            return places.list(wanted, context.language);
        });

    endpoints.get("/places/{slug}", "Show a sight")
        .describes("Name and description are in the caller's language; names carries all three.")
        .path<PlaceSlug>("slug")
        .returns<PlaceView>()
        .etag()
        .handle([&places](const RequestContext& context, const PlaceSlug& slug) {
            return places.show(slug, context.language);
        });
}

}  // namespace safargo::places
