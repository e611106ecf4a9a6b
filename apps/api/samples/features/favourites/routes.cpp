#include "features/favourites/routes.hpp"

namespace safargo::favourites {

void add_routes(api::Endpoints& endpoints, FavouriteService& favourites) {
    endpoints.post("/favourites", "Add a favourite")
        .describes("At most 20 per person (too_many_favourites). Nobody else sees them.")
        .idempotent()
        .body<AddFavourite>()
        .returns<FavouriteView>(201)
        .fails({Code::too_many_favourites})
        .handle([&favourites](db::Transaction& tx, const Caller& caller, const AddFavourite& wanted) {
            return favourites.add(tx, caller, wanted);
        });

    endpoints.get("/favourites", "List my favourites")
        .describes("The oldest first.")
        .query<ListFavourites>()
        .returns<FavouritePage>()
        .handle([&favourites](const Caller& caller, const ListFavourites& wanted) {
            return favourites.list(caller, wanted);
        });

    endpoints.remove("/favourites/{id}", "Remove a favourite")
        .describes("Somebody else's favourite is not found.")
        .path<FavouriteId>("id")
        .handle([&favourites](db::Transaction& tx, const Caller& caller, const FavouriteId& id) {
            return favourites.remove(tx, caller, id);
        });
}

}  // namespace safargo::favourites
