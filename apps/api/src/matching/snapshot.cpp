#include "matching/snapshot.hpp"

namespace safargo::matching {

BucketKey BucketKey::of(const TripView& trip) {
    const auto day = [](std::int64_t us) {
        return static_cast<std::int32_t>(LocalDate::of(instant(us)).days.time_since_epoch().count());
    };
    return {day(trip.head->departure_us), day(matching::last_pickup_us(trip))};
}

}  // namespace safargo::matching
