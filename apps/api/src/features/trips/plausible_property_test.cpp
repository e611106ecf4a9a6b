#include "core/local_time.hpp"
#include "features/trips/journey.hpp"
#include "features/trips/plausible.hpp"
#include "features/trips/wanted_trip_test.hpp"
#include "testing/properties.hpp"

#include <algorithm>
#include <functional>

namespace safargo::trips {
namespace {

const StraightRoads roads;

// Stops due north of one another, at any times.
std::vector<Stop> draw_way() {
    const Instant departure = parse_instant("2026-12-03T07:00:00Z").value();
    std::vector<Stop> stops;
    double lat = 30;
    const int count = *rc::gen::inRange(2, 8);
    for (int i = 0; i < count; ++i) {
        lat += 0.01 * *rc::gen::inRange(1, 100);
        stops.push_back({.where = {lat, 3},
                         .label = "stop " + std::to_string(i),
                         .commune_id = {},
                         .at = departure + Seconds{*rc::gen::inRange(-7'200, 86'400)},
                         .price = {}});
    }
    return stops;
}

Instant minute_named_by(const FieldError& error) {
    const std::string& minute = error.violation.first;  // "2026-12-03 06:00", local
    return parse_instant(minute.substr(0, 10) + "T" + minute.substr(11) + ":00+01:00").value();
}

// The stop whose time is refused.
std::size_t refused_stop(const std::vector<Stop>& stops, const FieldError& error) {
    std::size_t stop = 0;
    while (stop < stops.size() && field_of(stop, "at") != error.field) ++stop;
    return stop;
}

RC_GTEST_PROP(Plausible, WhoeverTakesTheTimesThatRefusalsNameComesThrough, ()) {
    std::vector<Stop> stops = draw_way();
    const std::vector<geo::Leg> legs = roads.plan(positions(stops)).legs;
    std::size_t believed = 0;
    for (auto errors = find_implausible(stops, legs, roads); !errors.empty();
         errors = find_implausible(stops, legs, roads)) {
        const std::size_t refused = refused_stop(stops, errors[0]);
        RC_ASSERT(refused > believed);
        RC_ASSERT(refused < stops.size());
        const bool early = errors[0].violation.rule == Rule::earliest;
        const Instant named = minute_named_by(errors[0]);
        RC_ASSERT((named > stops[refused].at) == early);
        RC_ASSERT(named != stops[refused].at);
        stops[refused].at = named;
        believed = refused;
    }
    RC_ASSERT(std::ranges::is_sorted(stops, std::less<>{}, &Stop::at));
}

}  // namespace
}  // namespace safargo::trips
