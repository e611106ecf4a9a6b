// Random trips and queries from a seed: many shared towns, equal times and boundary distances.
#pragma once

#include "matching/query.hpp"
#include "matching/trip_row.hpp"

#include <random>

namespace safargo::matching::testing {

enum class Region : std::uint8_t {
    algeria,
    one_town,      // within a few kilometres: nearly all match, many ties
    antimeridian,  // on both sides of 180 degrees
    pole,
};

class RandomWorld {
public:
    RandomWorld(std::uint64_t seed, Region region);

    TripRow trip();                                  // a new one, version 1
    TripRow reviewed(const TripRow& trip);           // the same version with another driver rank
    TripRow changed(const TripRow& trip);            // a later version: seats, times, price, stops, ...
    Query query(const std::vector<TripRow>& trips);  // about these trips, any sort and filters; `to` nearly always
    LatLng point();                                  // a town or near one
    std::int64_t integer(std::int64_t least, std::int64_t most);
    bool chance(double probability);
    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[static_cast<std::size_t>(integer(0, static_cast<std::int64_t>(from.size()) - 1))];
    }

    static Instant start();  // trips leave within ten days of this

private:
    LatLng scatter(LatLng center, double degrees);
    template <class IdType>
    IdType id();
    double radius_for(LatLng from, const std::vector<TripRow>& trips);
    Filters filters();
    void set_stops(TripRow& trip);
    void set_seats(TripRow& trip);
    Preferences preferences();
    DriverRank driver_rank();

    std::mt19937_64 random_;
    Region region_;
    std::vector<LatLng> towns_;
    std::vector<PlaceId> places_;
};

}  // namespace safargo::matching::testing
