#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/favourites/repository.hpp"

namespace safargo::favourites {

class FavouriteService {
public:
    FavouriteService(db::Database& database, const Clock& clock, const api::CursorSigner& cursors)
        : database_(database), clock_(clock), cursors_(cursors) {}

    // too_many_favourites from the 21st on.
    Task<Result<FavouriteView>> add(db::Transaction& tx, Caller caller, AddFavourite wanted);
    // The oldest first.
    Task<Result<FavouritePage>> list(Caller caller, ListFavourites wanted);
    // not_found, also for other people's.
    Task<Result<Nothing>> remove(db::Transaction& tx, Caller caller, FavouriteId id);

private:
    db::Database& database_;
    const Clock& clock_;
    const api::CursorSigner& cursors_;
    FavouriteRepository rows_;
};

}  // namespace safargo::favourites
