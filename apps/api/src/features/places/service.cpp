#include "features/places/service.hpp"

#include "api/page.hpp"
#include "features/places/page_position.hpp"

namespace safargo::places {
namespace {

Ranking ranking_of(const PlaceQuery& wanted) {
    if (!wanted.sort) {
        if (wanted.near) return Ranking::distance;
        return wanted.q ? Ranking::relevance : Ranking::popularity;
    }
    switch (*wanted.sort) {
        case PlaceOrder::rating:
            return Ranking::rating;
        case PlaceOrder::distance:
            return Ranking::distance;
        case PlaceOrder::name:
            return Ranking::name;
        case PlaceOrder::popularity:
            break;
    }
    return Ranking::popularity;
}

// Nothing if the map's box and the circle do not intersect.
std::optional<BoundingBox> box_of(const PlaceQuery& wanted, std::optional<double> radius_m) {
    const BoundingBox box = wanted.bbox.value_or(BoundingBox{});
    return radius_m ? intersection(box, BoundingBox::around(*wanted.near, *radius_m)) : box;
}

PlaceFilter filter_of(const PlaceQuery& wanted, Language language) {
    PlaceFilter filter;
    filter.type = wanted.type;
    if (wanted.wilaya) filter.wilaya = static_cast<std::int16_t>(wanted.wilaya->value());
    filter.near = wanted.near;
    if (wanted.radius_km) filter.radius_m = 1'000.0 * static_cast<double>(wanted.radius_km->value());
    filter.ranking = ranking_of(wanted);
    filter.language = language;
    return filter;
}

// The filters narrow the search too, so that what it leaves out for its limit is not what was asked for.
PlaceSearchQuery search_of(const Text<100>& words, const PlaceFilter& filter) {
    PlaceSearchQuery query{.words = words.str()};
    if (filter.type) query.type = contract::enum_name(*filter.type);
    query.wilaya = filter.wilaya;
    query.south_west = filter.box.south_west;
    query.north_east = filter.box.north_east;
    if (filter.radius_m) {
        query.near = filter.near;
        query.radius_m = filter.radius_m;
    }
    return query;
}

PlacePage page_of(std::vector<FoundPlace> found, const api::PageRequest& asked) {
    PlacePage page;
    page.next_cursor = asked.cut(found, [](const FoundPlace& place) { return print_position(place.position); });
    for (FoundPlace& place : found) page.items.push_back(std::move(place.place));
    return page;
}

}  // namespace

Task<Result<PlacePage>> PlaceService::list(PlaceQuery wanted, Language language) {
    const bool needs_near = wanted.radius_km || wanted.sort == PlaceOrder::distance;
    if (needs_near && !wanted.near) co_return fail("near", {Rule::required});
    PlaceFilter filter = filter_of(wanted, language);
    const auto asked = api::PageRequest::of(cursors_, fingerprint(wanted, language), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    if (asked->position()) filter.after = parse_position(*asked->position());
    const auto box = box_of(wanted, filter.radius_m);
    if (!box) co_return PlacePage{};
    filter.box = *box;
    filter.limit = asked->rows();
    // Asked again for each page: an index that changes in between may move places across the border of two pages.
    if (wanted.q) filter.found = co_await finder_.find(search_of(*wanted.q, filter));
    co_return page_of(co_await rows_.list(database_, std::move(filter)), *asked);
}

Task<Result<PlaceView>> PlaceService::show(PlaceSlug slug, Language language) {
    auto place = co_await rows_.find(database_, slug.str(), language);
    if (!place) co_return fail(Code::not_found);
    co_return std::move(*place);
}

}  // namespace safargo::places
