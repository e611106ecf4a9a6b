// Sights to visit, by type, wilaya, words, distance or map section.
#pragma once

#include "api/cursor.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "features/places/finder.hpp"
#include "features/places/repository.hpp"
#include "features/places/types.hpp"

namespace safargo::places {

class PlaceService {
public:
    // `index`: null if PostgreSQL searches.
    PlaceService(db::Database& database, PlaceSearch* index, const geo::Gazetteer& gazetteer,
                 const api::CursorSigner& cursors)
        : database_(database), cursors_(cursors), finder_(database, index, gazetteer) {}

    // validation_failed naming `near` when the radius or the order needs it.
    Task<Result<PlacePage>> list(PlaceQuery wanted, Language language);
    Task<Result<PlaceView>> show(PlaceSlug slug, Language language);

private:
    db::Database& database_;
    const api::CursorSigner& cursors_;
    PlaceFinder finder_;
    PlaceRepository rows_;
};

}  // namespace safargo::places
