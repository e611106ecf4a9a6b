#include "features/trips/reader.hpp"

#include "features/trips/trip_row.hpp"

namespace safargo::trips {
namespace {

std::string select_views(std::string_view knows_plate, std::string_view rest) {
    return "select " + std::string(trip_columns) + R"(,
        u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null,
        v.make, v.model, v.year, v.colour, v.seats, v.fuel, )" +
           std::string(knows_plate) + R"(,
        u.response_seconds_sum, u.response_count
    from trips t join users u on u.id = t.driver_id join vehicles v on v.id = t.vehicle_id )" +
           std::string(rest);
}

const std::string find_sql = select_views(R"(t.driver_id is not distinct from $2::uuid or exists (
        select from bookings b where b.trip_id = t.id and b.user_id = $2 and b.status in ('confirmed', 'boarded')))",
                                          "where t.id = $1");
const db::Statement find_view{"trip_view", find_sql};

const std::string list_sql = select_views("true", R"(
    where t.driver_id = $1 and ($2::text is null or t.status = $2)
      and ($3::timestamptz is null or (t.date_time, t.id) < ($3, $4))
    order by t.date_time desc, t.id desc limit $5)");
const db::Statement list_views{"trip_list_of_driver", list_sql};

constexpr db::Statement find_woman{"trip_reader_is_woman", R"(
    select exists (select from users where id = $1 and gender = 'female' and gender_confirmed_at is not null))"};

constexpr int joined = trip_column_count;

users::DriverCard card_from(const db::Row& row, UserId driver) {
    const auto reviews = row.get<std::int64_t>(joined + 2);
    return {.id = driver,
            .name = users::public_name(row.get<std::string_view>(joined)),
            .rating = users::rating(row.get<std::int64_t>(joined + 1), reviews),
            .reviews = reviews,
            .verified = row.get<bool>(joined + 3),
            .response_time_s =
                users::response_time_s(row.get<std::int64_t>(joined + 11), row.get<std::int64_t>(joined + 12))};
}

VehicleSummary vehicle_from(const db::Row& row, const Trip& trip) {
    const bool knows_plate = row.get<bool>(joined + 10);
    return {.id = trip.vehicle,
            .make = row.get<std::string>(joined + 4),
            .model = row.get<std::string>(joined + 5),
            .year = row.get<std::int64_t>(joined + 6),
            .colour = contract::enum_from<vehicles::Colour>(row.get<std::string_view>(joined + 7)).value(),
            .seats = row.get<std::int64_t>(joined + 8),
            .fuel = contract::enum_from<vehicles::Fuel>(row.get<std::string_view>(joined + 9)).value(),
            .plate = knows_plate ? std::optional(trip.plate) : std::nullopt};
}

TripView view_from(const db::Row& row) {
    const Trip trip = trip_from(row);
    return view(trip, card_from(row, trip.driver), vehicle_from(row, trip));
}

}  // namespace

Task<std::optional<TripView>> TripReader::find(db::Session& session, TripId id, std::optional<UserId> reader) {
    const db::Rows rows = co_await session.query(find_view, id, reader);
    if (rows.empty()) co_return std::nullopt;
    co_return view_from(rows[0]);
}

Task<std::vector<TripView>> TripReader::list_of_driver(db::Session& session, UserId driver,
                                                       std::optional<TripStatus> status,
                                                       std::optional<PagePosition> after, std::int64_t limit) {
    std::optional<std::string> wanted;
    if (status) wanted = contract::enum_name(*status);
    std::optional<Instant> departure;
    std::optional<TripId> id;
    if (after) {
        departure = after->departure;
        id = after->id;
    }
    const db::Rows rows = co_await session.query(list_views, driver, wanted, departure, id, limit);
    std::vector<TripView> views;
    for (const db::Row row : rows) views.push_back(view_from(row));
    co_return views;
}

Task<bool> TripReader::is_confirmed_woman(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_woman, id);
    co_return rows[0].get<bool>(0);
}

}  // namespace safargo::trips
