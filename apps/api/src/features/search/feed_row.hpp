// One row of the feed's statements as the engine and the cards take it.
#pragma once

#include "db/rows.hpp"
#include "features/users/types.hpp"
#include "matching/trip_row.hpp"

#include <string_view>

namespace safargo::search {

struct FeedRow {
    matching::TripRow trip;  // its labels lie in the row that was read
    users::DriverCard driver;
};

// `first` is the column of t.id.
FeedRow read_feed_row(const db::Row& row, int first);

}  // namespace safargo::search
