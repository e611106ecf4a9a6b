#include "features/trips/journey.hpp"

#include "features/trips/plausible.hpp"
#include "features/trips/rules.hpp"

#include <algorithm>
#include <iterator>

namespace safargo::trips {
namespace {

LatLng where(const WantedStop& stop) {
    return {stop.lat.value(), stop.lng.value()};
}

Stop stop_of(const WantedStop& wanted, Instant at) {
    return {.where = where(wanted),
            .label = wanted.label.str(),
            .commune_id = wanted.commune_id ? wanted.commune_id->str() : std::string{},
            .at = at,
            .price = wanted.price.value_or(Dinars{})};
}

// Does the route continue from the same place at the same time after the departure?
bool goes_on_from(const Stop& old, Instant old_departure, const Stop& planned, Instant departure) {
    return old.where == planned.where && old.at - old_departure == planned.at - departure;
}

void check_price(const WantedStop& stop, std::size_t position, std::vector<FieldError>& errors) {
    if (position > 0 && !stop.price) errors.push_back({field_of(position, "price"), {Rule::required}});
    if (position == 0 && stop.price.value_or(Dinars{}) != Dinars{})
        errors.push_back({field_of(0, "price"), {Rule::out_of_range, "0", "0"}});
}

void check_times(const std::vector<Stop>& stops, Instant departure, std::vector<FieldError>& errors) {
    if (stops.front().at != departure) errors.push_back({field_of(0, "at"), {Rule::out_of_order}});
    for (std::size_t i = 1; i < stops.size(); ++i) {
        if (stops[i].at <= stops[i - 1].at) errors.push_back({field_of(i, "at"), {Rule::out_of_order}});
    }
    if (stops.back().at > departure + longest_trip) {
        errors.push_back(
            {field_of(stops.size() - 1, "at"), {Rule::too_far_ahead, std::to_string(longest_trip.count())}});
    }
}

// `planned` come before the wanted stop; the road from the last of them takes `road`.
Stop next_stop(const std::vector<Stop>& before, const std::vector<Stop>& planned, const WantedStop& wanted,
               Seconds road, Instant departure) {
    const Instant by_road = planned.empty() ? departure : planned.back().at + road;
    Stop stop = stop_of(wanted, wanted.at.value_or(by_road));
    const auto old = std::ranges::find(before, stop.where, &Stop::where);
    if (old == before.end()) return stop;
    if (!wanted.commune_id) stop.commune_id = old->commune_id;
    if (wanted.at || planned.empty()) return stop;
    stop.at = departure + (old->at - before.front().at);
    const bool as_before =
        old != before.begin() && goes_on_from(*std::prev(old), before.front().at, planned.back(), departure);
    if (!as_before) stop.at = std::max(stop.at, by_road);
    return stop;
}

bool is_elsewhere(const FieldError& error) {
    const Rule rule = error.violation.rule;
    return rule == Rule::outside_service_area || rule == Rule::swapped_coordinates;
}

bool is_too_long(const FieldError& error) {
    return error.violation.rule == Rule::too_far_ahead;
}

// One error per field is enough: the first.
void add_new(std::vector<FieldError>& errors, std::vector<FieldError> more) {
    for (FieldError& error : more) {
        if (std::ranges::find(errors, error.field, &FieldError::field) == errors.end())
            errors.push_back(std::move(error));
    }
}

Error refused(std::vector<FieldError> errors) {
    Error error{.code = Code::validation_failed, .fields = std::move(errors)};
    if (error.fields.size() == 1 && error.fields[0].violation.rule == Rule::too_far_ahead)
        error.reason = Violation{Rule::longest_trip, std::to_string(longest_trip.count())};
    return error;
}

}  // namespace

std::string field_of(std::size_t stop, std::string_view member) {
    return "stops[" + std::to_string(stop) + "]." + std::string(member);
}

Result<Journey> plan_journey(const WantedStops& wanted, Instant departure, const Atlas& atlas) {
    return replan_journey({}, wanted, departure, atlas);
}

Result<Journey> replan_journey(const std::vector<Stop>& before, const WantedStops& wanted, Instant departure,
                               const Atlas& atlas) {
    std::vector<LatLng> way;
    for (const WantedStop& stop : wanted) way.push_back(where(stop));
    RoutePlan plan = atlas.plan(way);

    Journey journey{.stops = {}, .distance_m = plan.distance_m, .duration_s = 0, .polyline = std::move(plan.polyline)};
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        check_price(wanted[i], i, errors);
        // Two stops are never at the same instant, however near.
        const Seconds road{i > 0 ? std::max<std::int64_t>(1, plan.legs[i - 1].duration_s) : 0};
        journey.stops.push_back(next_stop(before, journey.stops, wanted[i], road, departure));
    }
    if (is_same_way(before, journey.stops)) {
        add_new(errors, find_new_misnomers(before, journey.stops, atlas));
    } else {
        std::vector<FieldError> implausible = find_implausible(journey.stops, plan.legs, atlas);
        check_times(journey.stops, departure, errors);
        // The driving time to a place that cannot be reached is meaningless.
        if (std::ranges::any_of(implausible, is_elsewhere)) std::erase_if(errors, is_too_long);
        add_new(errors, std::move(implausible));
    }
    if (!errors.empty()) return fail(refused(std::move(errors)));
    journey.duration_s = std::chrono::floor<Seconds>(journey.stops.back().at - departure).count();
    return journey;
}

bool is_same_way(const std::vector<Stop>& before, const std::vector<Stop>& after) {
    return std::ranges::equal(before, after, [&](const Stop& a, const Stop& b) {
        return a.where == b.where && a.price == b.price && a.at - before.front().at == b.at - after.front().at;
    });
}

void shift(std::vector<Stop>& stops, std::chrono::microseconds by) {
    for (Stop& stop : stops) stop.at += by;
}

std::vector<LatLng> positions(const std::vector<Stop>& stops) {
    std::vector<LatLng> way;
    for (const Stop& stop : stops) way.push_back(stop.where);
    return way;
}

}  // namespace safargo::trips
