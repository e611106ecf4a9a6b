#include "seed/demo_rows.hpp"

#include "seed/trip_copy.hpp"

namespace safargo::seed {
namespace {

constexpr db::Statement insert_users{"seed_driver_users", R"(
    insert into users (id, email, name, role, locale, languages, gender, gender_confirmed_at, kyc_approved_at,
                       documents_valid_until, rating_sum, rating_count, trips_driven, created_at)
    select id, email, name, 'driver', locale, '{fr,ar}', gender, case when verified <> 0 then joined end,
           case when verified <> 0 then joined end, case when verified <> 0 then date '2099-12-31' end, stars, ratings, driven, joined
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::bigint[], $8::integer[],
                $9::integer[], $10::timestamptz[])
        as demo (id, email, name, locale, gender, verified, stars, ratings, driven, joined)
    on conflict do nothing)"};

constexpr db::Statement insert_drivers{"seed_drivers", R"(
    insert into drivers (user_id, licence_number, licence_expires_on, created_at)
    select d.id, d.licence, d.expires, d.joined
    from unnest($1::uuid[], $2::text[], $3::date[], $4::timestamptz[]) as d (id, licence, expires, joined)
    join users u on u.id = d.id and u.status = 'active'
    on conflict do nothing)"};

constexpr db::Statement insert_vehicles{"seed_driver_vehicles", R"(
    insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
    select v.id, v.driver, v.make, v.model, v.year, v.colour, v.seats, v.plate, v.fuel, d.created_at
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::smallint[], $8::text[],
                $9::text[]) as v (id, driver, make, model, year, colour, seats, plate, fuel)
    join drivers d on d.user_id = v.driver
    on conflict do nothing)"};

constexpr db::Statement make_room{"seed_new_trips", R"(
    create temporary table new_trips (like trips including defaults) on commit drop)"};

const std::string copy_trips = "copy new_trips (" + std::string(trip_copy_columns) + ") from stdin";

// A trip that overlaps another one of its driver is refused by the table's constraint and skipped. A trip that overlaps
// a ride of its driver is excluded here, since the trigger would fail the whole statement (trips_beside_own_ride).
const std::string insert_trips_sql =
    "insert into trips (" + std::string(trip_copy_columns) + ") select " + std::string(trip_copy_columns) + R"(
    from (select n.*, row_number() over (partition by n.driver_id, n.local_day order by n.id) as nth from new_trips n
          join vehicles v on v.id = n.vehicle_id and v.driver_id = n.driver_id and v.deleted_at is null
          where not exists (select from trips t where t.id = n.id)
            and not exists (select from bookings b where b.user_id = n.driver_id
                            and b.status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
                            and tstzrange(b.pickup_at, b.dropoff_at) && tstzrange(n.date_time, n.arrival_at))) fresh
    where nth + (select count(*) from trips t where t.driver_id = fresh.driver_id and t.local_day = fresh.local_day
                 and t.date_time > fresh.date_time - interval '2 days' and t.date_time < fresh.date_time + interval '2 days'
                 and t.status in ('open', 'in_progress', 'completed')) <= $1
    on conflict do nothing)";
const db::Statement insert_trips{"seed_trips", insert_trips_sql};

constexpr db::Statement find_rates{"seed_fare_rates", R"(
    select distinct on (fuel) fuel, recommended_centimes::bigint, cap_centimes::bigint from fare_policies
    where effective_from <= $1 order by fuel, effective_from desc)"};

constexpr db::Statement find_places{"seed_place_ids", R"(select slug, id from places)"};

constexpr db::Statement count_open{"seed_open_trips", R"(
    select count(*) from trips where status = 'open' and date_time > $1 and date_time <= $2)"};

constexpr std::int64_t millidinars_per_centime = 10;

template <class Get>
auto column(std::span<const DemoDriver> drivers, Get get) {
    std::vector<std::decay_t<decltype(get(drivers.front()))>> values;
    values.reserve(drivers.size());
    for (const DemoDriver& driver : drivers) values.push_back(get(driver));
    return values;
}

db::Bound user_rows(std::span<const DemoDriver> drivers) {
    using D = const DemoDriver&;
    return db::bind(
        insert_users, column(drivers, [](D d) { return d.id; }), column(drivers, [](D d) { return d.email; }),
        column(drivers, [](D d) { return d.name; }), column(drivers, [](D d) { return d.locale; }),
        column(drivers, [](D d) { return std::string(d.female ? "female" : "male"); }),
        column(drivers, [](D d) { return static_cast<std::int16_t>(d.verified); }),
        column(drivers, [](D d) { return d.rating_sum; }), column(drivers, [](D d) { return d.rating_count; }),
        column(drivers, [](D d) { return d.trips_driven; }), column(drivers, [](D d) { return d.joined_at; }));
}

db::Bound driver_rows(std::span<const DemoDriver> drivers) {
    using D = const DemoDriver&;
    return db::bind(insert_drivers, column(drivers, [](D d) { return d.id; }),
                    column(drivers, [](D d) { return d.licence_number; }),
                    column(drivers, [](D d) { return d.licence_expires_on; }),
                    column(drivers, [](D d) { return d.joined_at; }));
}

db::Bound vehicle_rows(std::span<const DemoDriver> drivers) {
    using D = const DemoDriver&;
    return db::bind(insert_vehicles, column(drivers, [](D d) { return d.vehicle; }),
                    column(drivers, [](D d) { return d.id; }), column(drivers, [](D d) { return d.make; }),
                    column(drivers, [](D d) { return d.model; }), column(drivers, [](D d) { return d.year; }),
                    column(drivers, [](D d) { return d.colour; }), column(drivers, [](D d) { return d.seats; }),
                    column(drivers, [](D d) { return d.plate; }),
                    column(drivers, [](D d) { return fuel_name(d.fuel); }));
}

geo::FareRate& rate_of(geo::FareRates& rates, std::string_view fuel) {
    if (fuel == "diesel") return rates.diesel;
    if (fuel == "lpg") return rates.lpg;
    return fuel == "electric" ? rates.electric : rates.petrol;
}

}  // namespace

Task<void> put_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers) {
    std::vector<db::Bound> statements;
    statements.push_back(user_rows(drivers));
    statements.push_back(driver_rows(drivers));
    statements.push_back(vehicle_rows(drivers));
    co_await tx.batch(std::move(statements));
}

Task<std::size_t> put_trips(db::Transaction& tx, std::span<const trips::Trip> trips) {
    co_await tx.query(make_room);
    std::size_t next = 0;
    co_await tx.copy_in(copy_trips, [&](std::string& chunk) {
        if (next == trips.size()) return false;
        append_trip(chunk, trips[next++]);
        return true;
    });
    const db::Rows rows = co_await tx.query(insert_trips, std::int64_t{DayRoster::most_trips});
    co_return static_cast<std::size_t>(rows.affected());
}

Task<geo::FareRates> fare_rates(db::Session& session, LocalDate today) {
    geo::FareRates rates;
    const db::Rows rows = co_await session.query(find_rates, today);
    for (const db::Row row : rows) {
        rate_of(rates, row.get<std::string_view>(0)) = {row.get<std::int64_t>(1) * millidinars_per_centime,
                                                        row.get<std::int64_t>(2) * millidinars_per_centime};
    }
    co_return rates;
}

Task<PlaceIds> place_ids(db::Session& session) {
    PlaceIds ids;
    const db::Rows rows = co_await session.query(find_places);
    for (const db::Row row : rows) ids.emplace(row.get<std::string>(0), row.get<PlaceId>(1));
    co_return ids;
}

Task<std::size_t> count_open_trips(db::Session& session, Instant from, Instant until) {
    const db::Rows rows = co_await session.query(count_open, from, until);
    co_return static_cast<std::size_t>(rows[0].get<std::int64_t>(0));
}

}  // namespace safargo::seed
