#include "matching/score.hpp"

#include <algorithm>

namespace safargo::matching {
namespace {

constexpr double dear_per_km = 6;
constexpr double fast_metres_per_second = 80 / 3.6;
constexpr double rank_without_reviews = 0.6;
constexpr double steps = 10'000;

double share(double part, double whole) {  // 0..1; 0 for 0 of 0
    return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 0.0;
}

}  // namespace

double relevance(const ScoreFacts& facts) {
    const double nearness = 1 - std::clamp(facts.away_share, 0.0, 1.0);
    const auto price = static_cast<double>(facts.price);
    const double cheapness = price <= 0          ? 1
                             : facts.metres <= 0 ? 0
                                                 : 1 - share(price * 1000, facts.metres * dear_per_km);
    const double driver_rank = facts.rating < 0 ? rank_without_reviews : share(facts.rating - 1, 4);
    const double speed = share(facts.metres, facts.seconds * fast_metres_per_second);
    const double sum = 0.45 * nearness + 0.20 * cheapness + 0.20 * driver_rank + 0.15 * speed;
    return static_cast<double>(static_cast<std::int64_t>(sum * steps + 0.5)) / steps;
}

}  // namespace safargo::matching
