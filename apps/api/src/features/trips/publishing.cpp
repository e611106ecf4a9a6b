#include "features/trips/publishing.hpp"

#include "core/result.hpp"
#include "features/trips/journey.hpp"
#include "features/trips/plausible.hpp"

#include <algorithm>
#include <iterator>

namespace safargo::trips {
namespace {

std::string stop_field(std::size_t stop, std::string_view member = {}) {
    return "stops[" + std::to_string(stop) + "]" + std::string(member);
}

void check_departure(const Trip& trip, Instant now, std::vector<FieldError>& errors) {
    if (trip.departure() <= now) {
        errors.push_back({"departure_at", {Rule::in_the_past}});
    } else if (trip.departure() > now + furthest_departure) {
        errors.push_back({"departure_at", {Rule::too_far_ahead, std::to_string(furthest_departure.count())}});
    }
}

void check_stops(const Trip& trip, std::vector<FieldError>& errors) {
    for (std::size_t i = 1; i < trip.stops.size(); ++i) {
        const Stop& before = trip.stops[i - 1];
        const Stop& stop = trip.stops[i];
        if (distance_m(before.where, stop.where) < closest_stops_m)
            errors.push_back({stop_field(i), {Rule::duplicate_value}});
        if (stop.price < before.price) errors.push_back({stop_field(i, ".price"), {Rule::out_of_order}});
    }
}

// The detail that the field's message lacks, if it is the only one.
Error refused(std::vector<FieldError> errors, const Trip& trip) {
    Error error{.code = Code::validation_failed, .fields = std::move(errors)};
    if (error.fields.size() != 1 || error.fields[0].violation.rule != Rule::duplicate_value) return error;
    for (std::size_t i = 1; i < trip.stops.size(); ++i) {
        if (error.fields[0].field == stop_field(i))
            error.reason = Violation{Rule::same_place, trip.stops[i - 1].label, trip.stops[i].label};
    }
    return error;
}

std::vector<geo::Leg> legs_of(const geo::DirectRoads& roads) {
    std::vector<geo::Leg> legs;
    for (std::size_t to = 1; to < roads.stops(); ++to) legs.push_back(roads.between(to - 1, to));
    return legs;
}

std::optional<Error> refuse_prices(const Trip& trip, const geo::DirectRoads& roads, const geo::FareRate& rate) {
    std::vector<Dinars> prices;
    prices.reserve(trip.stops.size());
    for (const Stop& stop : trip.stops) prices.push_back(stop.price);
    const auto above = geo::find_price_above_cap(prices, roads, rate);
    if (!above) return std::nullopt;
    const Violation cap{Rule::above_cap, std::to_string(above->cap.amount), trip.stops[above->from].label};
    return Error{.code = Code::price_above_cap, .fields = {{stop_field(above->to, ".price"), cap}}};
}

std::optional<Error> refuse_documents(std::optional<LocalDate> valid_until, LocalDate today) {
    if (!valid_until) return Error{.code = Code::kyc_required};
    if (*valid_until >= today) return std::nullopt;
    return Error{.code = Code::kyc_required, .reason = Violation{Rule::documents_expired, valid_until->str()}};
}

}  // namespace

std::optional<Error> refuse_driver(const drivers::Driver& driver, Instant departure, Instant now,
                                   const TripRules& rules) {
    if (rules.kyc_required) {
        if (auto refusal = refuse_documents(driver.documents_valid_until, LocalDate::of(now))) return refusal;
    }
    if (auto refusal = drivers::refuse_licence(driver.licence_expires_on, LocalDate::of(departure)))
        return Error{.code = Code::validation_failed, .fields = {std::move(*refusal)}};
    return std::nullopt;
}

std::optional<Error> refuse_offer(const Trip& trip, const vehicles::Vehicle& vehicle, const Atlas& atlas,
                                  const geo::FareRate& rate, Instant now) {
    const geo::DirectRoads roads = atlas.direct_roads(positions(trip.stops));
    std::vector<FieldError> errors;
    check_departure(trip, now, errors);
    if (trip.seats > vehicle.seats)
        errors.push_back({"seats", {Rule::out_of_range, "1", std::to_string(vehicle.seats)}});
    check_stops(trip, errors);
    std::ranges::move(find_implausible(trip.stops, legs_of(roads), atlas), std::back_inserter(errors));
    if (!errors.empty()) return refused(std::move(errors), trip);
    return refuse_prices(trip, roads, rate);
}

}  // namespace safargo::trips
