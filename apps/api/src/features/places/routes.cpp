#include "features/places/routes.hpp"

namespace safargo::places {

void add_routes(api::Endpoints& endpoints, PlaceService& places) {
    endpoints.get("/places", "Sights by type, wilaya, words, distance or map section")
        .query<PlaceQuery>()
        .returns<PlacePage>()
        .etag()
        .handle([&places](const RequestContext& context, const PlaceQuery& wanted) {
            return places.list(wanted, context.language);
        });

    endpoints.get("/places/{slug}", "One sight")
        .path<PlaceSlug>("slug")
        .returns<PlaceView>()
        .etag()
        .handle([&places](const RequestContext& context, const PlaceSlug& slug) {
            return places.show(slug, context.language);
        });
}

}  // namespace safargo::places
