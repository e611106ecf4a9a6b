// Keeps an index outside the database equal to named_places: by events, by a comparison now and then, and by a rebuild
// where there is none or an old one.
#pragma once

#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/places/named_rows.hpp"
#include "ports/place_search.hpp"

#include <cstddef>
#include <functional>

namespace safargo::places {

struct IndexDifference {
    std::vector<PlaceMark> wanting;   // in the table, not in the index or older there
    std::vector<PlaceMark> abundant;  // in the index only
};
// Both in order of kind and code.
IndexDifference compare(std::vector<PlaceMark> table, std::vector<PlaceMark> index);

struct RebuildReport {
    std::size_t documents = 0;
};
using RebuildProgress = std::function<void(std::size_t done, std::size_t total)>;

class IndexKeeper {
public:
    // `index`: null if there is none; events are then done at once.
    IndexKeeper(db::Database& database, PlaceIndex* index) : database_(database), index_(index) {}

    db::Subscription subscription();

    // Builds a new index beside the present one, which answers meanwhile, and takes over changes made in between.
    Task<RebuildReport> rebuild(RebuildProgress progress);
    // Rebuilds if there is no index or an old one; otherwise repairs what differs. Failures of the index are thrown.
    Task<void> repair();

private:
    Task<void> apply(db::OutboxMessage message);
    Task<std::size_t> fill(std::string fresh, std::size_t total, RebuildProgress progress);
    Task<void> abandon(std::string fresh);
    Task<void> catch_up(std::vector<PlaceMark> indexed);
    Task<void> write_difference(IndexDifference difference);

    db::Database& database_;
    PlaceIndex* index_;
    NamedRows rows_;
};

}  // namespace safargo::places
