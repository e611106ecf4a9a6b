#include "features/search/feed_row.hpp"

#include <cmath>

namespace safargo::search {
namespace {

matching::Talk talk_of(std::string_view text) {
    if (text == "quiet") return matching::Talk::quiet;
    return text == "chatty" ? matching::Talk::chatty : matching::Talk::normal;
}

matching::Luggage luggage_of(std::string_view text) {
    if (text == "none") return matching::Luggage::none;
    if (text == "small") return matching::Luggage::small;
    return text == "large" ? matching::Luggage::large : matching::Luggage::medium;
}

void read_stops(const db::Row& row, int first, FeedRow& out) {
    const auto lats = row.get<std::vector<double>>(first);
    const auto lngs = row.get<std::vector<double>>(first + 1);
    const auto times = row.get<std::vector<Instant>>(first + 2);
    const auto prices = row.get<std::vector<std::int64_t>>(first + 3);
    const auto labels = row.get<std::vector<std::string_view>>(first + 4);
    for (std::size_t i = 0; i < lats.size(); ++i)
        out.trip.stops.push_back({{lats[i], lngs[i]}, times[i], Dinars{prices[i]}, labels[i]});
    for (const std::int16_t seats : row.get<std::vector<std::int16_t>>(first + 5)) {
        out.trip.leg_seats.push_back(static_cast<std::uint8_t>(seats));
    }
}

users::DriverCard read_driver(const db::Row& row, int first, UserId id) {
    const auto reviews = row.get<std::int64_t>(first + 2);
    return {.id = id,
            .name = users::public_name(row.get<std::string_view>(first)),
            .rating = users::rating(row.get<std::int64_t>(first + 1), reviews),
            .reviews = reviews,
            .verified = row.get<bool>(first + 3)};
}

}  // namespace

FeedRow read_feed_row(const db::Row& row, int first) {
    FeedRow out;
    out.trip.id = row.get<TripId>(first);
    out.trip.version = row.get<std::int64_t>(first + 1);
    out.trip.driver = row.get<UserId>(first + 2);
    out.trip.booking_mode = row.get<std::string_view>(first + 3) == "instant" ? matching::BookingMode::instant
                                                                              : matching::BookingMode::approval;
    out.trip.preferences = {.smoking = row.get<bool>(first + 4),
                            .pets = row.get<bool>(first + 5),
                            .music = row.get<bool>(first + 6),
                            .talk = talk_of(row.get<std::string_view>(first + 7)),
                            .luggage = luggage_of(row.get<std::string_view>(first + 8)),
                            .max_two_back = row.get<bool>(first + 9),
                            .women_only = row.get<bool>(first + 10)};
    out.trip.place = row.get<std::optional<PlaceId>>(first + 11);
    read_stops(row, first + 12, out);
    out.driver = read_driver(row, first + 18, out.trip.driver);
    out.trip.driver_verified = out.driver.verified;
    out.trip.driver_rating = static_cast<float>(out.driver.rating.value_or(-1));
    return out;
}

}  // namespace safargo::search
