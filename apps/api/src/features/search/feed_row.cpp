#include "features/search/feed_row.hpp"

#include "core/logging.hpp"
#include "db/database_error.hpp"

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

// The default for a value that only a newer version writes.
template <class E>
E word_of(std::string_view word, E otherwise) {
    return enum_from<E>(word).value_or(otherwise);
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
            .talk = word_of(row.template get<std::string_view>(first + 3), Talk::normal),
            .luggage = word_of(row.template get<std::string_view>(first + 4), Luggage::medium),
            .max_two_back = row.template get<bool>(first + 5),
            .women_only = row.template get<bool>(first + 6)};
}

// Calls `take` with each element of the array in that column.
template <class T>
void each(const From<db::Row>& row, int column, auto take) {
    for (const T& element : row.get<std::vector<T>>(column)) take(element);
}

// A million trips come this way, so no intermediate list is built.
template <class T>
void each(const From<db::CopyRow>& row, int column, auto take) {
    for (auto array = row.row.array(row.first + column); array.left() > 0;) take(array.next_as<T>());
}

// Sets one member of each stop, of which there must be as many as in the columns before.
template <class T>
void each_stop(const auto& row, int column, std::vector<matching::TripStop>& stops, auto set) {
    std::size_t number = 0;
    each<T>(row, column, [&](const T& value) {
        if (number < stops.size()) set(stops[number], value);
        ++number;
    });
    if (number != stops.size()) throw db::MappingError("a trip's columns disagree about the number of its stops");
}

void read_stops(const auto& row, int first, matching::TripRow& trip) {
    using Stop = matching::TripStop;
    auto& stops = trip.stops;
    stops.clear();
    each<double>(row, first, [&](double lat) { stops.push_back({.at = {lat, 0}}); });
    each_stop<double>(row, first + 1, stops, [](Stop& stop, double lng) { stop.at.lng = lng; });
    each_stop<Instant>(row, first + 2, stops, [](Stop& stop, Instant planned) { stop.time = planned; });
    each_stop<Dinars>(row, first + 3, stops, [](Stop& stop, Dinars price) { stop.price = price; });
    each_stop<std::string_view>(row, first + 4, stops, [](Stop& stop, std::string_view label) { stop.label = label; });
    trip.leg_seats.clear();
    each<std::int16_t>(row, first + 5,
                       [&](std::int16_t seats) { trip.leg_seats.push_back(static_cast<std::uint8_t>(seats)); });
}

template <class Row>
void read_trip_from(const From<Row>& row, matching::TripRow& trip) {
    trip.id = row.template get<TripId>(0);
    trip.version = row.template get<std::int64_t>(1);
    trip.driver = row.template get<UserId>(2);
    trip.booking_mode = booking_mode_of(row.template get<std::string_view>(3));
    trip.preferences = preferences(row, 4);
    trip.place = row.template get<std::optional<PlaceId>>(11);
    read_stops(row, 12, trip);
}

template <class Row>
bool read_or_report(const From<Row>& row, matching::TripRow& trip) {
    try {
        read_trip_from(row, trip);
        return true;
    } catch (const db::MappingError& error) {
        log::error("trip_cannot_be_read", {{"trip", row.template get<TripId>(0).str()}, {"error", error.what()}});
        return false;
    }
}

template <class Row>
users::DriverCard driver_from(const From<Row>& row) {
    const auto reviews = row.template get<std::int64_t>(3);
    return {
        .id = row.template get<UserId>(0),
        .name = users::public_name(row.template get<std::string_view>(1)),
        .rating = users::rating(row.template get<std::int64_t>(2), reviews),
        .reviews = reviews,
        .verified = row.template get<bool>(4),
        .response_time_s = users::response_time_s(row.template get<std::int64_t>(5), row.template get<std::int64_t>(6)),
        .photo = picture_of(row.template get<std::optional<PictureId>>(7))};
}

}  // namespace

const std::array<db::CopyColumn, driver_column_count> driver_copy_columns{{{"id", uuid},
                                                                           {"name", text},
                                                                           {"rating_sum", bigint},
                                                                           {"rating_count", integer},
                                                                           {"verified", boolean},
                                                                           {"response_seconds_sum", bigint},
                                                                           {"response_count", integer},
                                                                           {"photo_id", uuid}}};

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

bool read_trip(const db::Row& row, int first, matching::TripRow& trip) {
    return read_or_report(From<db::Row>{row, first}, trip);
}

bool read_trip(const db::CopyRow& row, matching::TripRow& trip) {
    return read_or_report(From<db::CopyRow>{row, 0}, trip);
}

void report_malformed(TripId trip) {
    log::error("trip_cannot_be_indexed", {{"trip", trip.str()}});
}

matching::DriverRank driver_rank_of(const users::DriverCard& driver) {
    return {.rating = static_cast<float>(driver.rating.value_or(-1)), .verified = driver.verified};
}

}  // namespace safargo::search
