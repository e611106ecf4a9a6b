// Search requests answered by plain SQL and PostGIS on the tables, for comparison.
#pragma once

#include "core/caller.hpp"
#include "db/blocking_connection.hpp"
#include "features/search/types.hpp"

#include <vector>

namespace safargo::search {

struct Question {
    SearchQuery wanted{};
    bool near = false;  // only from, date, seats and radius count
    Instant now{};
    std::optional<Caller> caller{};
    bool sees_women_only = false;  // whether that caller may see them
};

struct Expected {
    TripId trip;
    int from_stop, to_stop;
    double from_m, to_m;
    Dinars price;
    int seats_left;
    Instant departure, arrival;
    std::string from_label, to_label;
    UserId driver;
    double score;  // not rounded to steps
};

// For each request all its results, best first. `connection` is to a database with PostGIS; the tables it creates are
// temporary.
std::vector<std::vector<Expected>> ask_postgis(db::BlockingConnection& connection,
                                               const std::vector<Question>& questions);

}  // namespace safargo::search
