// Sights to visit, by type, wilaya, words, distance or map section.
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
    // An unknown word hides nothing: if no place has all words, those with some are returned.
    Task<std::vector<FoundPlace>> find(PlaceFilter filter, PlaceQuery wanted);

    db::Database& database_;
    const api::CursorSigner& cursors_;
    PlaceRepository rows_;
};

}  // namespace safargo::places
