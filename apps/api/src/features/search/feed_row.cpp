#include "features/search/feed_row.hpp"

namespace safargo::search {
namespace {

constexpr db::Oid text = 25;
constexpr db::Oid text_array = 1009;
constexpr db::Oid boolean = db::wire_type<bool>.scalar;
constexpr db::Oid uuid = db::wire_type<Uuid>.scalar;
constexpr db::Oid integer = db::wire_type<std::int32_t>.scalar;
constexpr db::Oid bigint = db::wire_type<std::int64_t>.scalar;
constexpr db::Oid bigints = db::wire_type<std::int64_t>.array;
constexpr db::Oid smallints = db::wire_type<std::int16_t>.array;
constexpr db::Oid doubles = db::wire_type<double>.array;
constexpr db::Oid times = db::wire_type<Instant>.array;

matching::Talk talk_of(std::string_view word) {
    if (word == "quiet") return matching::Talk::quiet;
    return word == "chatty" ? matching::Talk::chatty : matching::Talk::normal;
}

matching::Luggage luggage_of(std::string_view word) {
    if (word == "none") return matching::Luggage::none;
    if (word == "small") return matching::Luggage::small;
    return word == "large" ? matching::Luggage::large : matching::Luggage::medium;
}

matching::BookingMode booking_mode_of(std::string_view word) {
    return word == "instant" ? matching::BookingMode::instant : matching::BookingMode::approval;
}

// Columns of a row from `first` on, whatever kind of row it is.
template <class Row>
struct From {
    const Row& row;
    int first;

    template <class T>
    T get(int column) const {
        return row.template get<T>(first + column);
    }
};

template <class Row>
matching::Preferences preferences(const From<Row>& row, int first) {
    return {.smoking = row.template get<bool>(first),
            .pets = row.template get<bool>(first + 1),
            .music = row.template get<bool>(first + 2),
            .talk = talk_of(row.template get<std::string_view>(first + 3)),
            .luggage = luggage_of(row.template get<std::string_view>(first + 4)),
            .max_two_back = row.template get<bool>(first + 5),
            .women_only = row.template get<bool>(first + 6)};
}

template <class Row>
void read_stops(const From<Row>& row, int first, matching::TripRow& trip) {
    const auto lats = row.template get<std::vector<double>>(first);
    const auto lngs = row.template get<std::vector<double>>(first + 1);
    const auto planned = row.template get<std::vector<Instant>>(first + 2);
    const auto prices = row.template get<std::vector<std::int64_t>>(first + 3);
    const auto labels = row.template get<std::vector<std::string_view>>(first + 4);
    trip.stops.reserve(lats.size());
    for (std::size_t i = 0; i < lats.size(); ++i)
        trip.stops.push_back({{lats[i], lngs[i]}, planned[i], Dinars{prices[i]}, labels[i]});
    const auto seats = row.template get<std::vector<std::int16_t>>(first + 5);
    trip.leg_seats.assign(seats.begin(), seats.end());
}

template <class Row>
matching::TripRow trip_from(const From<Row>& row) {
    matching::TripRow trip;
    trip.id = row.template get<TripId>(0);
    trip.version = row.template get<std::int64_t>(1);
    trip.driver = row.template get<UserId>(2);
    trip.booking_mode = booking_mode_of(row.template get<std::string_view>(3));
    trip.preferences = preferences(row, 4);
    trip.place = row.template get<std::optional<PlaceId>>(11);
    read_stops(row, 12, trip);
    return trip;
}

template <class Row>
users::DriverCard driver_from(const From<Row>& row) {
    const auto reviews = row.template get<std::int64_t>(3);
    return {.id = row.template get<UserId>(0),
            .name = users::public_name(row.template get<std::string_view>(1)),
            .rating = users::rating(row.template get<std::int64_t>(2), reviews),
            .reviews = reviews,
            .verified = row.template get<bool>(4),
            .response_time_s =
                users::response_time_s(row.template get<std::int64_t>(5), row.template get<std::int64_t>(6))};
}

}  // namespace

const std::array<db::CopyColumn, driver_column_count> driver_copy_columns{{{"id", uuid},
                                                                           {"name", text},
                                                                           {"rating_sum", bigint},
                                                                           {"rating_count", integer},
                                                                           {"verified", boolean},
                                                                           {"response_seconds_sum", bigint},
                                                                           {"response_count", integer}}};

const std::array<db::CopyColumn, trip_column_count> trip_copy_columns{{{"id", uuid},
                                                                       {"version", bigint},
                                                                       {"driver_id", uuid},
                                                                       {"booking_mode", text},
                                                                       {"smoking", boolean},
                                                                       {"pets", boolean},
                                                                       {"music", boolean},
                                                                       {"talk", text},
                                                                       {"luggage", text},
                                                                       {"max_two_back", boolean},
                                                                       {"women_only", boolean},
                                                                       {"place_id", uuid},
                                                                       {"stop_lats", doubles},
                                                                       {"stop_lngs", doubles},
                                                                       {"stop_times", times},
                                                                       {"stop_prices", bigints},
                                                                       {"stop_labels", text_array},
                                                                       {"leg_seats_left", smallints}}};

users::DriverCard read_driver(const db::Row& row, int first) {
    return driver_from(From<db::Row>{row, first});
}

users::DriverCard read_driver(const db::CopyRow& row) {
    return driver_from(From<db::CopyRow>{row, 0});
}

matching::TripRow read_trip(const db::Row& row, int first) {
    return trip_from(From<db::Row>{row, first});
}

matching::TripRow read_trip(const db::CopyRow& row) {
    return trip_from(From<db::CopyRow>{row, 0});
}

Esteem esteem_of(const users::DriverCard& driver) {
    return {.rating = static_cast<float>(driver.rating.value_or(-1)), .verified = driver.verified};
}

void set_driver(matching::TripRow& trip, Esteem esteem) {
    trip.driver_rating = esteem.rating;
    trip.driver_verified = esteem.verified;
}

}  // namespace safargo::search
