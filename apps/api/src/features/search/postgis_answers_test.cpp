#include "features/search/postgis_answers_test.hpp"

#include <fmt/format.h>

namespace safargo::search {
namespace {

constexpr const char* create_questions = R"(
    set client_min_messages = warning;
    drop table if exists questions;
    create temporary table questions (
        n int, near bool, now timestamptz, origin geography, target geography, day date, flex int, radius_m float8,
        seats int, sort text, price_max bigint, hour_from int, hour_to int, instant bool, verified bool,
        women_only bool, smoking bool, pets bool, music bool, max_two_back bool, talk text, luggage text,
        min_rating float8, place uuid, sees_women_only bool);
    insert into questions values )";

// Every stop of an open trip, with its distance from the first stop along straight lines.
constexpr const char* create_stops = R"(
    drop table if exists stops;
    create temporary table stops as
    select trip, i, point, at, price, label, sum(step_m) over (partition by trip order by i) as metres
    from (select t.id as trip, s.i::int - 1 as i, point, s.at, s.price, s.label,
                 coalesce(ST_Distance(point, lag(point) over (partition by t.id order by s.i), false), 0) as step_m
          from trips t,
               unnest(stop_lats, stop_lngs, stop_times, stop_prices, stop_labels)
                   with ordinality as s (lat, lng, at, price, label, i),
               geography(ST_MakePoint(s.lng, s.lat)) as point
          where t.status = 'open') steps;
    create index on stops (trip);
    analyze stops;
    analyze questions;)";

// PRODUCT's words in SQL: the window in local days, the distance on the sphere, one pair of stops for each trip.
constexpr const char* answer = R"(
    with windows as (
        select n, coalesce((day - flex)::timestamp at time zone 'Africa/Algiers', now) as begins,
               coalesce((day + flex + 1)::timestamp at time zone 'Africa/Algiers', now + interval '30 days') as ends,
               coalesce(hour_from, 0) as hour_from, coalesce(hour_to, 24) as hour_to
        from questions),
    pickups as (
        select * from (
            select q.n, s.*, ST_Distance(q.origin, s.point, false) as from_m, q.radius_m
            from questions q join windows w using (n)
            join stops s on s.at >= w.begins and s.at < w.ends and s.at > q.now
            cross join lateral (select extract(hour from s.at at time zone 'Africa/Algiers') as hour) clock
            where case when w.hour_from < w.hour_to then hour >= w.hour_from and hour < w.hour_to
                       else hour >= w.hour_from or hour < w.hour_to end
            offset 0) all_pickups
        where from_m <= radius_m),
    parts as (
        select q.n, q.near, q.sort, t.id as trip, p.i, d.i as j, p.from_m, d.to_m, d.price - p.price as price,
               (select min(free) from unnest(t.leg_seats_left[p.i + 1 : d.i]) free) as seats_left,
               p.at as departure, d.at as arrival, p.label as from_label, d.label as to_label, t.driver_id,
               d.metres - p.metres as metres, extract(epoch from d.at - p.at)::float8 as seconds,
               q.radius_m * case when q.near then 1 else 2 end as reach_m,
               round(u.rating_sum::numeric / nullif(u.rating_count, 0), 1)::float8 as rating,
               q.seats, q.price_max, q.min_rating
        from pickups p join questions q using (n)
        join trips t on t.id = p.trip join users u on u.id = t.driver_id
        cross join lateral (
            select s.*, case when q.near then 0 else ST_Distance(q.target, s.point, false) end as to_m
            from stops s where s.trip = p.trip and s.i > p.i offset 0) d
        where d.to_m <= q.radius_m
          and (q.sees_women_only or not t.women_only) and (t.women_only or not coalesce(q.women_only, false))
          and (t.booking_mode = 'instant' or not coalesce(q.instant, false))
          and (u.kyc_approved_at is not null or not coalesce(q.verified, false))
          and t.smoking = coalesce(q.smoking, t.smoking) and t.pets = coalesce(q.pets, t.pets)
          and t.music = coalesce(q.music, t.music) and t.max_two_back = coalesce(q.max_two_back, t.max_two_back)
          and t.talk = coalesce(q.talk, t.talk)
          and array_position('{none,small,medium,large}'::text[], t.luggage) >=
              coalesce(array_position('{none,small,medium,large}'::text[], q.luggage), 0)
          and (q.place is null or t.place_id = q.place)),
    possible as (
        select *, row_number() over (partition by n, trip, i order by j desc) as from_the_end
        from parts
        where seats_left >= seats and (price_max is null or price <= price_max)
          and (min_rating is null or rating >= min_rating)),
    best as (
        select distinct on (n, trip) *,
               0.45 * (1 - least(1, (from_m + to_m) / reach_m)) +
               0.20 * case when price <= 0 then 1 when metres <= 0 then 0
                           else 1 - least(1, price * 1000 / (metres * 6)) end +
               0.20 * coalesce((rating - 1) / 4, 0.6) +
               0.15 * case when metres <= 0 or seconds <= 0 then 0
                           else least(1, metres / (seconds * 80 / 3.6)) end as score
        from possible
        where not near or from_the_end = 1
        order by n, trip, from_m + to_m, departure desc, j, i)
    select n, trip, i, j, from_m, to_m, price, seats_left::int, departure, arrival, from_label, to_label, driver_id,
           score::float8
    from best
    order by n,
             case when near or sort = 'departure' then departure end,
             case when sort = 'price' then price end,
             case when sort = 'proximity' then from_m + to_m end,
             case when sort = 'duration' then arrival - departure end,
             case when sort = 'relevance' and not near then -score end,
             trip)";

std::string sql(bool value) {
    return value ? "true" : "false";
}
std::string sql(std::int64_t value) {
    return std::to_string(value);
}
std::string sql(Dinars value) {
    return std::to_string(value.amount);
}
std::string sql(Instant value) {
    return '\'' + format_instant(value) + '\'';
}
std::string sql(LocalDate value) {
    return '\'' + value.str() + '\'';
}
std::string sql(PlaceId value) {
    return '\'' + value.str() + '\'';
}
std::string sql(LeastRating value) {
    return value.str();
}
std::string sql(LatLng value) {
    return fmt::format("geography(ST_MakePoint({}, {}))", value.lng, value.lat);
}
template <class E>
    requires std::is_enum_v<E>
std::string sql(E value) {
    return '\'' + std::string(contract::enum_name(value)) + '\'';
}
template <std::int64_t Min, std::int64_t Max>
std::string sql(Bounded<Min, Max> value) {
    return sql(value.value());
}
template <class T>
std::string sql(const std::optional<T>& value) {
    return value ? sql(*value) : "null";
}

template <class... T>
std::string row(const T&... values) {
    std::string text;
    ((text += (text.empty() ? "(" : ", ") + sql(values)), ...);
    return text + ')';
}

std::string row_of(std::size_t n, const Question& question) {
    const SearchQuery& q = question.wanted;
    const std::int64_t radius_km = q.radius_km ? q.radius_km->value() : question.near ? 50 : 20;
    return row(static_cast<std::int64_t>(n), question.near, question.now, q.from, q.to, q.date,
               q.flex_days ? q.flex_days->value() : 0, radius_km * 1'000, q.seats ? q.seats->value() : 1,
               q.sort.value_or(SortBy::relevance), q.price_max, q.hour_from, q.hour_to, q.instant, q.verified,
               q.women_only, q.smoking, q.pets, q.music, q.max_two_back, q.talk, q.luggage, q.min_rating, q.place_id,
               question.sees_women_only);
}

Expected read(const db::Row& row) {
    return {.trip = row.get<TripId>(1),
            .from_stop = row.get<int>(2),
            .to_stop = row.get<int>(3),
            .from_m = row.get<double>(4),
            .to_m = row.get<double>(5),
            .price = row.get<Dinars>(6),
            .seats_left = row.get<int>(7),
            .departure = row.get<Instant>(8),
            .arrival = row.get<Instant>(9),
            .from_label = row.get<std::string>(10),
            .to_label = row.get<std::string>(11),
            .driver = row.get<UserId>(12),
            .score = row.get<double>(13)};
}

}  // namespace

std::vector<std::vector<Expected>> ask_postgis(db::BlockingConnection& connection,
                                               const std::vector<Question>& questions) {
    std::string rows;
    for (std::size_t n = 0; n < questions.size(); ++n) rows += (n > 0 ? ", " : "") + row_of(n, questions[n]);
    connection.execute(create_questions + rows);
    connection.execute(create_stops);
    std::vector<std::vector<Expected>> answers(questions.size());
    const db::Rows found = connection.query(answer);
    for (const db::Row each : found) answers[static_cast<std::size_t>(each.get<int>(0))].push_back(read(each));
    return answers;
}

}  // namespace safargo::search
