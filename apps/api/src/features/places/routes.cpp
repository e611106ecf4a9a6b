#include "features/places/routes.hpp"

namespace safargo::places {

void add_routes(api::Endpoints& endpoints, PlaceService& places, api::PublicAnswers* kept_in) {
    endpoints.get("/places", "List sights")
        .describes(
            "By type, wilaya, words, distance or map section. Sorted by distance when near is given, by best match "
            "when q is given, otherwise by popularity, unless sort says otherwise.")
        .query<PlaceQuery>()
        .returns<PlacePage>()
        .etag()
        .kept_in(kept_in)
        .handle([&places](Language language, const PlaceQuery& wanted) { return places.list(wanted, language); });

    endpoints.get("/places/{slug}", "Show a sight")
        .describes("Name and description are in the caller's language; names carries all three.")
        .path<PlaceSlug>("slug")
        .returns<PlaceView>()
        .etag()
        .kept_in(kept_in)
        .handle([&places](Language language, const PlaceSlug& slug) { return places.show(slug, language); });
}

}  // namespace safargo::places
