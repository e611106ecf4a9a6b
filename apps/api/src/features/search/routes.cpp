#include "features/search/routes.hpp"

namespace safargo::search {

void add_routes(api::Endpoints& endpoints, SearchService& search) {
    endpoints.get("/trips/search", "Trips from one place to another, best first")
        .query<SearchQuery>()
        .returns<SearchPage>()
        .handle([&search](const std::optional<Caller>& caller, const SearchQuery& wanted) {
            return search.search(caller, wanted);
        });

    endpoints.get("/trips", "Trips that leave near a point")
        .query<NearQuery>()
        .returns<NearbyTrips>()
        .handle([&search](const std::optional<Caller>& caller, const NearQuery& wanted) {
            return search.near(caller, wanted);
        });
}

}  // namespace safargo::search
