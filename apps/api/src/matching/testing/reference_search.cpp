#include "matching/testing/reference_search.hpp"

#include "matching/score.hpp"

#include <algorithm>

namespace safargo::matching::testing {
namespace {

template <class T>
bool agrees(const std::optional<T>& wanted, const T& value) {
    return !wanted || *wanted == value;
}

bool trip_passes(const TripRow& trip, const Query& query) {
    const Filters& filters = query.filters;
    const Preferences& wishes = trip.preferences;
    if (wishes.women_only && !query.sees_women_only) return false;
    if (filters.women_only && !wishes.women_only) return false;
    if (filters.instant_only && trip.booking_mode != BookingMode::instant) return false;
    if (filters.verified_only && !trip.driver_rank.verified) return false;
    if (filters.min_rating && !(trip.driver_rank.rating >= *filters.min_rating)) return false;
    if (filters.luggage && wishes.luggage < *filters.luggage) return false;
    if (filters.place && trip.place != filters.place) return false;
    return agrees(filters.smoking, wishes.smoking) && agrees(filters.pets, wishes.pets) &&
           agrees(filters.music, wishes.music) && agrees(filters.max_two_back, wishes.max_two_back) &&
           agrees(filters.talk, wishes.talk);
}

bool hour_fits(Instant pickup, const HourRange& hours) {
    const Instant day = LocalDate::of(pickup).begins();
    const auto hour = std::chrono::duration_cast<std::chrono::hours>(pickup - day).count();
    if (hours.begin <= hours.end) return hours.begin <= hour && hour < hours.end;
    return hour >= hours.begin || hour < hours.end;
}

float metres_to(const TripRow& trip, std::size_t stop) {
    double metres = 0;
    for (std::size_t k = 1; k <= stop; ++k) metres += distance_m(trip.stops[k - 1].at, trip.stops[k].at);
    return static_cast<float>(metres);
}

std::optional<Match> part(const TripRow& trip, const Query& query, std::size_t i, std::size_t j) {
    const TripStop& pickup = trip.stops[i];
    const TripStop& dropoff = trip.stops[j];
    const auto seats = *std::min_element(trip.leg_seats.begin() + static_cast<std::ptrdiff_t>(i),
                                         trip.leg_seats.begin() + static_cast<std::ptrdiff_t>(j));
    const double from_m = distance_m(query.from, pickup.at);
    const double to_m = query.to ? distance_m(*query.to, dropoff.at) : 0;
    const Dinars price = dropoff.price - pickup.price;
    if (seats < query.seats || from_m > query.radius_m || to_m > query.radius_m) return std::nullopt;
    if (pickup.time < query.begin || pickup.time >= query.end || pickup.time <= query.now) return std::nullopt;
    if (query.filters.price_max && price > *query.filters.price_max) return std::nullopt;
    if (query.filters.pickup_hours && !hour_fits(pickup.time, *query.filters.pickup_hours)) return std::nullopt;
    const auto duration = dropoff.time - pickup.time;
    const double reach = query.radius_m * (query.to ? 2 : 1);
    return Match{.trip = trip.id,
                 .version = trip.version,
                 .driver = trip.driver,
                 .booking_mode = trip.booking_mode,
                 .pickup = {static_cast<int>(i), pickup.at, std::string(pickup.label), from_m},
                 .dropoff = {static_cast<int>(j), dropoff.at, std::string(dropoff.label), to_m},
                 .price = price,
                 .seats_left = seats,
                 .departure = pickup.time,
                 .duration = duration,
                 .score = relevance({.away_share = (from_m + to_m) / reach,
                                     .metres = metres_to(trip, j) - metres_to(trip, i),
                                     .price = price.amount,
                                     .rating = trip.driver_rank.rating,
                                     .seconds = static_cast<double>(duration.count()) / 1e6})};
}

bool is_better(const Match& a, const Match& b) {
    const auto order = [](const Match& match) {
        return std::tuple(match.pickup.away_m + match.dropoff.away_m, -match.departure.time_since_epoch().count(),
                          match.dropoff.number, match.pickup.number);
    };
    return order(a) < order(b);
}

void keep_better(std::optional<Match>& best, const std::optional<Match>& candidate) {
    if (candidate && (!best || is_better(*candidate, *best))) best = candidate;
}

std::optional<Match> best_match(const TripRow& trip, const Query& query) {
    std::optional<Match> best;
    if (!trip_passes(trip, query)) return best;
    for (std::size_t i = 0; i + 1 < trip.stops.size(); ++i) {
        std::optional<Match> furthest;
        for (std::size_t j = i + 1; j < trip.stops.size(); ++j) {
            const auto candidate = part(trip, query, i, j);
            if (query.to) {
                keep_better(best, candidate);
            } else if (candidate) {
                furthest = candidate;
            } else {
                break;
            }
        }
        keep_better(best, furthest);
    }
    return best;
}

double key_of(const Match& match, Sort sort) {
    if (sort == Sort::relevance) return -match.score;
    if (sort == Sort::departure) return static_cast<double>(match.departure.time_since_epoch().count());
    if (sort == Sort::price) return static_cast<double>(match.price.amount);
    if (sort == Sort::proximity) return match.pickup.away_m + match.dropoff.away_m;
    return static_cast<double>(match.duration.count());
}

}  // namespace

void ReferenceIndex::apply(const TripRow& row) {
    const auto known = trips_.find(row.id);
    const auto gone = removed_.find(row.id);
    if (known != trips_.end() && known->second.version > row.version) return;
    if (known != trips_.end() && known->second.version == row.version && known->second.driver_rank == row.driver_rank)
        return;
    if (gone != removed_.end() && gone->second >= row.version) return;
    removed_.erase(row.id);
    trips_[row.id] = row;
}

void ReferenceIndex::remove(TripId trip, std::int64_t version) {
    const auto known = trips_.find(trip);
    if (known != trips_.end() && known->second.version > version) return;
    trips_.erase(trip);
    auto& newest = removed_.try_emplace(trip, version).first->second;
    newest = std::max(newest, version);
}

std::vector<Match> ReferenceIndex::all_matches(const Query& query) const {
    std::vector<Match> matches;
    for (const auto& [id, trip] : trips_) {
        if (const auto match = best_match(trip, query)) matches.push_back(*match);
    }
    std::ranges::sort(matches, {},
                      [&](const Match& match) { return std::pair(key_of(match, query.sort), match.trip); });
    return matches;
}

Page ReferenceIndex::search(const Query& query) const {
    const auto matches = all_matches(query);
    Page page;
    page.total = matches.size();
    for (const Match& match : matches) {
        const Position position{key_of(match, query.sort), match.trip};
        if (query.after && position <= *query.after) continue;
        if (page.items.size() == query.limit) {
            if (!page.items.empty())
                page.next = Position{key_of(page.items.back(), query.sort), page.items.back().trip};
            break;
        }
        page.items.push_back(match);
    }
    return page;
}

}  // namespace safargo::matching::testing
