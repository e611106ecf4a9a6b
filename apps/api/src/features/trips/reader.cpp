#include "features/trips/reader.hpp"

#include "features/trips/trip_row.hpp"

namespace safargo::trips {
namespace {

constexpr std::string_view card_columns = R"(
        u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null, u.response_seconds_sum, u.response_count,
        u.photo_id, v.make, v.model, v.year, v.colour, v.seats, v.fuel, v.photo_ids)";

std::string select_trips(std::string_view rest) {
    return "select " + std::string(trip_columns) + std::string(rest);
}

std::string select_views(std::string_view condition) {
    return select_trips(", " + std::string(card_columns) +
                        " from trips t join users u on u.id = t.driver_id join vehicles v on v.id = t.vehicle_id " +
                        std::string(condition));
}

const std::string find_sql = select_trips(" from trips t where t.id = $1");
const db::Statement find_trip{"trip_row", find_sql};

const std::string find_for_reader_sql = select_trips(R"(, t.driver_id = $2 or exists (
        select from bookings b where b.trip_id = t.id and b.user_id = $2 and b.status in ('confirmed', 'boarded'))
    from trips t where t.id = $1)");
const db::Statement find_for_reader{"trip_row_for_reader", find_for_reader_sql};

const std::string cards_sql =
    "select " + std::string(card_columns) + " from users u, vehicles v where u.id = $1 and v.id = $2";
const db::Statement find_cards{"trip_cards", cards_sql};

const std::string view_sql = select_views("where t.id = $1");
const db::Statement find_view{"trip_view", view_sql};

// Uses the index of a driver's departures, in either direction.
std::string select_own(std::string_view after, std::string_view order) {
    return select_views(std::string(R"(
    where t.driver_id = $1 and (cardinality($2::text[]) = 0 or t.status = any($2))
      and ($3::boolean is null or $3 = (t.status in ('draft', 'open', 'in_progress') and t.arrival_at > $4))
      and ($5::timestamptz is null or t.date_time >= $5) and ($6::timestamptz is null or t.date_time < $6)
      and ($7::timestamptz is null or (t.date_time, t.id) )") +
                        std::string(after) + " ($7, $8::uuid)) order by " + std::string(order) + " limit $9");
}

const std::string list_latest_sql = select_own("<", "t.date_time desc, t.id desc");
const db::Statement list_latest{"trip_list_of_driver", list_latest_sql};
const std::string list_earliest_sql = select_own(">", "t.date_time, t.id");
const db::Statement list_earliest{"trip_list_of_driver_earliest", list_earliest_sql};

users::DriverCard driver_from(const db::Row& row, int first, UserId driver) {
    const auto reviews = row.get<std::int64_t>(first + 2);
    return {
        .id = driver,
        .name = users::public_name(row.get<std::string_view>(first)),
        .rating = users::rating(row.get<std::int64_t>(first + 1), reviews),
        .reviews = reviews,
        .verified = row.get<bool>(first + 3),
        .response_time_s = users::response_time_s(row.get<std::int64_t>(first + 4), row.get<std::int64_t>(first + 5)),
        .photo = picture_of(row.get<std::optional<PictureId>>(first + 6))};
}

VehicleSummary vehicle_from(const db::Row& row, int first, VehicleId vehicle) {
    return {.id = vehicle,
            .make = row.get<std::string>(first),
            .model = row.get<std::string>(first + 1),
            .year = row.get<std::int64_t>(first + 2),
            .colour = row.get<vehicles::Colour>(first + 3),
            .seats = row.get<std::int64_t>(first + 4),
            .fuel = row.get<vehicles::Fuel>(first + 5),
            .plate = std::nullopt,
            .photos = pictures_of(row.get<std::vector<PictureId>>(first + 6))};
}

TripCards cards_from(const db::Row& row, int first, const Trip& trip) {
    return {driver_from(row, first, trip.driver), vehicle_from(row, first + 7, trip.vehicle)};
}

TripView view_of(const Trip& trip, TripCards cards, bool knows_plate) {
    if (knows_plate) cards.vehicle.plate = trip.plate;
    return view(trip, std::move(cards.driver), std::move(cards.vehicle));
}

TripView view_for_driver(const db::Row& row) {
    const Trip trip = trip_from(row);
    return view_of(trip, cards_from(row, trip_column_count, trip), true);
}

}  // namespace

Task<std::optional<TripView>> TripReader::find(db::Session& session, TripId id, std::optional<UserId> reader) {
    const CardCache::Ticket ticket = cards_.ticket();
    const db::Rows rows =
        reader ? co_await session.query(find_for_reader, id, *reader) : co_await session.query(find_trip, id);
    if (rows.empty()) co_return std::nullopt;
    const Trip trip = trip_from(rows[0]);
    const bool knows_plate = reader && rows[0].get<bool>(trip_column_count);
    // Drivers see what they have just changed.
    const bool may_be_old = trip.status == TripStatus::open && reader != trip.driver;
    TripCards cards =
        may_be_old ? co_await remembered_cards(session, trip, ticket) : co_await read_cards(session, trip);
    co_return view_of(trip, std::move(cards), knows_plate);
}

Task<TripCards> TripReader::remembered_cards(db::Session& session, const Trip& trip, CardCache::Ticket ticket) {
    if (auto known = cards_.find(trip.vehicle)) co_return std::move(*known);
    TripCards cards = co_await read_cards(session, trip);
    cards_.remember(ticket, trip.vehicle, cards);
    co_return cards;
}

Task<TripCards> TripReader::read_cards(db::Session& session, const Trip& trip) {
    const db::Rows rows = co_await session.query(find_cards, trip.driver, trip.vehicle);
    co_return cards_from(rows[0], 0, trip);
}

Task<Result<TripView>> TripReader::show_to_driver(db::Session& session, TripId id) {
    const db::Rows rows = co_await session.query(find_view, id);
    if (rows.empty()) co_return fail(Code::not_found);
    co_return view_for_driver(rows[0]);
}

Task<std::vector<TripView>> TripReader::list_of_driver(db::Session& session, UserId driver, OwnTrips wanted) {
    std::optional<Instant> departure;
    std::optional<Uuid> id;
    if (wanted.after) {
        departure = wanted.after->departure;
        id = wanted.after->id;
    }
    const db::Rows rows =
        co_await session.query(wanted.latest_first ? list_latest : list_earliest, driver, wanted.statuses,
                               wanted.upcoming, wanted.now, wanted.from, wanted.until, departure, id, wanted.limit);
    std::vector<TripView> views;
    for (const db::Row row : rows) views.push_back(view_for_driver(row));
    co_return views;
}

}  // namespace safargo::trips
