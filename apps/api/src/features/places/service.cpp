#include "features/places/service.hpp"

#include "api/page.hpp"
#include "features/places/page_position.hpp"
#include "geo/name_fold.hpp"
#include "geo/query_words.hpp"

namespace safargo::places {
namespace {

constexpr std::size_t shortest_single_word = 3;  // bytes

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

std::vector<std::string> words_asked_for(const PlaceQuery& wanted) {
    const std::string folded = geo::fold_name(wanted.q->str());
    const auto telling = geo::telling_words(geo::words_of(folded));
    return {telling.begin(), telling.end()};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
    return text;
}

PlaceFilter filter_of(const PlaceQuery& wanted, Language language) {
    PlaceFilter filter;
    filter.type = wanted.type;
    if (wanted.wilaya) filter.wilaya = static_cast<std::int16_t>(wanted.wilaya->value());
    if (wanted.q) {
        filter.folded_words = joined(words_asked_for(wanted));
        filter.folded_question = geo::fold_name(wanted.q->str());
        if (filter.folded_question == filter.folded_words) filter.folded_question.reset();
    }
    filter.near = wanted.near;
    if (wanted.radius_km) filter.radius_m = 1'000.0 * static_cast<double>(wanted.radius_km->value());
    filter.ranking = ranking_of(wanted);
    filter.language = language;
    return filter;
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
    co_return page_of(co_await find(std::move(filter), wanted), *asked);
}

Task<std::vector<FoundPlace>> PlaceService::find(PlaceFilter filter, PlaceQuery wanted) {
    auto found = co_await rows_.list(database_, filter);
    if (!found.empty() || !wanted.q) co_return found;
    filter.single_words = words_asked_for(wanted);
    std::erase_if(*filter.single_words, [](const std::string& word) { return word.size() < shortest_single_word; });
    if (filter.single_words->size() < 2) co_return found;
    co_return co_await rows_.list(database_, std::move(filter));
}

Task<Result<PlaceView>> PlaceService::show(PlaceSlug slug, Language language) {
    auto place = co_await rows_.find(database_, slug.str(), language);
    if (!place) co_return fail(Code::not_found);
    co_return std::move(*place);
}

}  // namespace safargo::places
