// Where one can go: sights by type, wilaya, words, distance or what the map shows.
#pragma once

#include "api/cursor.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "features/places/repository.hpp"
#include "features/places/types.hpp"

namespace safargo::places {

class PlaceService {
public:
    PlaceService(db::Database& database, const api::CursorSigner& cursors) : database_(database), cursors_(cursors) {}

    // validation_failed naming `near` when the radius or the order needs it.
    Task<Result<PlacePage>> list(PlaceQuery wanted, Language language);
    Task<Result<PlaceView>> show(PlaceSlug slug, Language language);

private:
    // One unknown word hides nothing: where no place has all of them, those that have some.
    Task<std::vector<FoundPlace>> find(PlaceFilter filter, PlaceQuery wanted);

    db::Database& database_;
    const api::CursorSigner& cursors_;
    PlaceRepository rows_;
};

}  // namespace safargo::places
