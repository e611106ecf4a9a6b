#include "features/geo/service.hpp"

namespace safargo::geo_routes {
namespace {

constexpr std::int64_t default_suggestions = 10;

LocalisedNames names_of(const geo::Wilaya& wilaya) {
    return {wilaya.name_fr, wilaya.name_ar, wilaya.name_en};
}

WilayaName wilaya_name(const geo::Wilaya& wilaya, Language language) {
    return {wilaya.code, names_of(wilaya).in(language)};
}

PlaceSuggestion view(const geo::Suggestion& found, const geo::Wilaya& wilaya, Language language) {
    PlaceSuggestion suggestion{.kind = contract::enum_from<PlaceKind>(geo::code(found.kind)).value(),
                               .code = found.code,
                               .name = found.name,
                               .other_name = std::nullopt,
                               .wilaya = wilaya_name(wilaya, language),
                               .lat = found.position.lat,
                               .lng = found.position.lng};
    if (!found.other_name.empty()) suggestion.other_name = found.other_name;
    return suggestion;
}

WilayaView view(const geo::Wilaya& wilaya, LocalDate today, Language language) {
    WilayaView view{.code = wilaya.code,
                    .name = names_of(wilaya).in(language),
                    .names = names_of(wilaya),
                    .capital = wilaya.capital,
                    .lat = wilaya.position.lat,
                    .lng = wilaya.position.lng,
                    .mother_code = std::nullopt,
                    .powers_from = wilaya.powers_from,
                    .has_powers = wilaya.has_powers(today)};
    if (wilaya.mother_code != 0) view.mother_code = wilaya.mother_code;
    return view;
}

}  // namespace

Task<Result<PlaceSuggestions>> GeoService::suggest(SuggestQuery wanted, Language language) {
    const std::int64_t limit = wanted.limit ? wanted.limit->value() : default_suggestions;
    PlaceSuggestions answer;
    for (const geo::Suggestion& found : gazetteer_.suggest(wanted.q.str(), static_cast<std::size_t>(limit), language)) {
        answer.items.push_back(view(found, *gazetteer_.wilaya(found.wilaya_code), language));
    }
    co_return answer;
}

Task<Result<RoadRoute>> GeoService::route(RouteQuery wanted) {
    const auto fuel = wanted.fuel.value_or(vehicles::Fuel::petrol);
    const geo::FareRate rate = co_await fare_rate(database_, fuel, LocalDate::of(clock_.now()));
    geo::Route route = roads_.route(wanted.from, wanted.to);
    const geo::Fare fare = geo::fare_of(route.distance_m, rate);
    co_return RoadRoute{.distance_m = route.distance_m,
                        .duration_s = route.duration_s,
                        .polyline = std::move(route.polyline),
                        .fare = {fare.proposal, fare.cap, "DZD"}};
}

Task<Result<WilayaList>> GeoService::wilayas(Language language) {
    const LocalDate today = LocalDate::of(clock_.now());
    WilayaList answer;
    for (const geo::Wilaya& wilaya : gazetteer_.wilayas()) answer.items.push_back(view(wilaya, today, language));
    co_return answer;
}

}  // namespace safargo::geo_routes
