#include "features/places/finder.hpp"

#include "core/failures.hpp"
#include "core/metrics.hpp"
#include "geo/name_scores.hpp"

#include <algorithm>

namespace safargo::places {
namespace {

constexpr double around_town_m = 60'000;
// Names that merely resemble the words must not hide what is around the town that bears them.
constexpr int named = geo::every_word;

enum class Answered { opensearch, postgresql, instead };

void count(Answered by) {
    constexpr const char* help = "Text searches of places, by the store that answered; instead: OpenSearch failed";
    static const metrics::Counter counters[] = {
        metrics::counter("safargo_place_searches_total", help, {{"store", "opensearch"}}),
        metrics::counter("safargo_place_searches_total", help, {{"store", "postgresql"}}),
        metrics::counter("safargo_place_searches_total", help, {{"store", "postgresql_instead"}})};
    counters[static_cast<std::size_t>(by)].add();
}

// If a place has every word, those that have some of them or merely resemble them are not meant.
std::vector<FoundName> places_of(const std::vector<RankedHit>& ranked) {
    std::vector<FoundName> found;
    for (const RankedHit& one : ranked) {
        if (one.hit.kind != NamedKind::place) continue;
        const auto relevance = static_cast<double>(one.score);
        if (!found.empty() && found.front().relevance >= named && relevance < named) break;
        found.push_back({one.hit.code, relevance});
    }
    return found;
}

// The town that the words name better than they name any place.
const PlaceHit* town_meant(const std::vector<RankedHit>& ranked) {
    if (ranked.empty() || ranked.front().score < named || ranked.front().hit.kind == NamedKind::place) return nullptr;
    return &ranked.front().hit;
}

void append_others(std::vector<FoundName>& found, std::vector<FoundName> more, std::size_t limit) {
    for (FoundName& one : more) {
        if (found.size() >= limit) return;
        if (std::ranges::find(found, one.slug, &FoundName::slug) == found.end()) found.push_back(std::move(one));
    }
}

}  // namespace

Task<std::vector<FoundName>> PlaceFinder::find(PlaceSearchQuery query) {
    query.kinds = {NamedKind::place, NamedKind::commune, NamedKind::locality};
    const std::vector<RankedHit> ranked = co_await find_named(query);
    std::vector<FoundName> places = places_of(ranked);
    if (const PlaceHit* town = town_meant(ranked)) {
        std::erase_if(places, [](const FoundName& place) { return place.relevance < named; });
        append_others(places, co_await find_around(town->at, query), query.limit);
    }
    if (places.empty()) places = co_await find_described(std::move(query));
    co_return places;
}

Task<std::vector<RankedHit>> PlaceFinder::find_named(PlaceSearchQuery query) {
    std::vector<PlaceHit> hits = co_await ask(&PlaceSearch::find, query);
    co_return rank(query.words, std::move(hits), gazetteer_);
}

Task<std::vector<FoundName>> PlaceFinder::find_around(LatLng town, PlaceSearchQuery query) {
    std::vector<FoundName> found;
    for (const Neighbour& place : co_await names_.places_around(town, around_town_m, std::move(query)))
        found.push_back({place.slug, -place.distance_m});
    co_return found;
}

// Neither store's own measure of a description's fit is comparable with the other's, so weight alone orders them.
Task<std::vector<FoundName>> PlaceFinder::find_described(PlaceSearchQuery query) {
    std::vector<FoundName> found;
    for (const PlaceHit& hit : co_await ask(&PlaceSearch::find_described, std::move(query)))
        found.push_back({hit.code, static_cast<double>(hit.weight)});
    co_return found;
}

Task<std::vector<PlaceHit>> PlaceFinder::ask(Search search, PlaceSearchQuery query) {
    if (index_) {
        try {
            auto hits = co_await (index_->*search)(query);
            count(Answered::opensearch);
            co_return hits;
        } catch (const DependencyUnavailable&) {  // counted and shown by the index itself
        } catch (const DeadlineExceeded&) {
        }
    }
    count(index_ ? Answered::instead : Answered::postgresql);
    co_return co_await (names_.*search)(std::move(query));
}

}  // namespace safargo::places
