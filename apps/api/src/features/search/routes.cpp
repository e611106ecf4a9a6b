#include "features/search/routes.hpp"

namespace safargo::search {

void add_routes(api::Endpoints& endpoints, SearchService& search) {
    endpoints.get("/trips/search", "Search for trips")
        .describes(
            "Trips that stop within radius_km of both points, in that order, with enough free seats on every leg "
            "between them; one item per trip. Without a date, the next 30 days. Pages are stable: follow next_cursor.")
        .query<SearchQuery>()
        .returns<SearchPage>()
        .handle([&search](const std::optional<Caller>& caller, const SearchQuery& wanted) {
            return search.search(caller, wanted);
        });

    endpoints.get("/trips", "List trips that leave near a point")
        .describes("Kept for older clients; new ones use /trips/search.")
        .query<NearQuery>()
        .returns<NearbyTrips>()
        .handle([&search](const std::optional<Caller>& caller, const NearQuery& wanted) {
            return search.near(caller, wanted);
        });
}

}  // namespace safargo::search
