// Relevance: how well a match suits a traveller. Uses no clock, so that it is the same on every page.
#pragma once

#include <cstdint>

namespace safargo::matching {

struct ScoreFacts {
    double away_share = 0;   // distance to and from the stops as a share of the maximum the query allows, 0..1
    double metres = 0;       // length of the part along straight legs
    std::int64_t price = 0;  // whole dinars for the part
    double rating = -1;      // 1..5, negative: none
    double seconds = 0;      // duration of the part
};

// 0.45 * nearness     1 - away_share
// 0.20 * cheapness    1 for a free ride, 0 from 6 DA/km on
// 0.20 * rank       (rating - 1) / 4; 0.6 for a driver without reviews, who should get a first passenger
// 0.15 * speed        share of 80 km/h along the straight legs
// Between 0 and 1 in steps of 1/10,000, so that rounding in the last bit cannot turn two trips around.
double relevance(const ScoreFacts& facts);

}  // namespace safargo::matching
