// GET /trips/search in SQL on the tables of prepare.sql: PRODUCT section 4, by stops, first page, by relevance.
// Both searches give the same rows; they differ in how they find the parts whose ends are near.
import { boxAround, days, type Question } from "./asked.ts";

export interface Search {
  name: string;
  sql: string;
  values: (question: Question) => unknown[];
}

// $1 $2 origin, $3 $4 target (lat, lng), $5 radius in metres, $6 seats, $7 now, $8 <= pickup < $9.
const pickupInTime = "at > $7::timestamptz and at >= $8::timestamptz and at < $9::timestamptz";

function common({ from, to, radius, seats, now, begins, ends }: Question): unknown[] {
  return [from.lat, from.lng, to.lat, to.lng, radius, seats, now, begins, ends];
}

// One part of each trip: the least walk, then the later pickup, then the earlier stops. Nearness goes in steps of
// 1/10,000 as in SafarGo, so that both stand in the same order. Texts are fetched for the page alone.
function page(near: string): string {
  return `
    with near as materialized (${near}),
    best as (
      select distinct on (trip_id) *
      from near
      where from_m <= $5::float8 and to_m <= $5 and seats_left >= $6::int
      order by trip_id, from_m + to_m, at desc, to_stop, from_stop
    ),
    page as (
      select *, count(*) over ()::int as total,
             floor((0.45::float8 * (1 - least(1, (from_m + to_m) / (2 * $5))) + merit) * 10000 + 0.5) / 10000 as score
      from best
      order by score desc, trip_id
      limit 20
    )
    select p.total, p.trip_id, p.score, p.from_stop, p.from_lat, p.from_lng, p.at, p.from_m,
           t.stop_labels[p.from_stop + 1] as from_label, p.to_stop, p.to_lat, p.to_lng, p.arrival, p.to_m,
           t.stop_labels[p.to_stop + 1] as to_label, p.price, p.seats_left, t.booking_mode, t.driver_id, u.name,
           u.rating_sum, u.rating_count, u.kyc_approved_at is not null as verified, u.response_seconds_sum,
           u.response_count
    from page p join trips t on t.id = p.trip_id join users u on u.id = t.driver_id
    order by p.score desc, p.trip_id`;
}

/** Latitudes and longitudes in a B-tree: rectangles around both ends first, then the distance. */
export const btreeSearch: Search = {
  name: "search_btree",
  sql: page(`
      select *, peers.distance_m($1::float8, $2::float8, from_lat, from_lng) as from_m,
             peers.distance_m($3::float8, $4::float8, to_lat, to_lng) as to_m
      from peers.trip_parts
      where day = any ($10::date[]) and ${pickupInTime}
        and from_lat between $11::float8 and $12::float8 and from_lng between $13::float8 and $14::float8
        and to_lat between $15::float8 and $16::float8 and to_lng between $17::float8 and $18::float8`),
  values: (question) => {
    const boxes = [question.from, question.to].flatMap((end) => boxAround(end, question.radius));
    return [...common(question), days(question), ...boxes];
  },
};

/** PostGIS: points in a GiST index, distance on the sphere. */
export const gistSearch: Search = {
  name: "search_gist",
  sql: page(`
      select parts.*, ST_Distance(origin, from_point, false) as from_m, ST_Distance(target, to_point, false) as to_m
      from (
        select geography(ST_MakePoint($2::float8, $1::float8)) as origin,
               geography(ST_MakePoint($4::float8, $3::float8)) as target
        offset 0 -- both made once and in one row, so that the index is asked for both ends at once
      ) asked
      join peers.trip_parts_on_map parts
        on ST_DWithin(from_point, origin, $5, false) and ST_DWithin(to_point, target, $5, false)
      where day between $10::date and $11::date and ${pickupInTime}`),
  values: (question) => {
    const touched = days(question);
    return [...common(question), touched[0], touched.at(-1)];
  },
};
