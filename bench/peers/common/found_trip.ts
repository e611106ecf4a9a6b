// GET /trips/search: rows of search_sql.ts into what clients see.
import { publicName, rating, responseTime } from "./people.ts";

export interface FoundRow {
  total: number;
  trip_id: string;
  score: number;
  from_stop: number;
  from_lat: number;
  from_lng: number;
  from_label: string;
  at: Date;
  from_m: number;
  to_stop: number;
  to_lat: number;
  to_lng: number;
  to_label: string;
  arrival: Date;
  to_m: number;
  price: number;
  seats_left: number;
  booking_mode: string;
  driver_id: string;
  name: string;
  rating_sum: number | bigint;
  rating_count: number;
  verified: boolean;
  response_seconds_sum: number | bigint;
  response_count: number;
}

const nearby = 2_000; // metres, both ends together
const wellRated = 4.7;

function driverOf(row: FoundRow) {
  return {
    id: row.driver_id,
    name: publicName(row.name),
    rating: rating(Number(row.rating_sum), row.rating_count),
    reviews: row.rating_count,
    verified: row.verified,
    response_time_s: responseTime(Number(row.response_seconds_sum), row.response_count),
  };
}

function reasons(row: FoundRow, driverRating: number | null): string[] {
  const why: string[] = [];
  if (row.from_m + row.to_m <= nearby) why.push("nearby");
  if (row.booking_mode === "instant") why.push("instant");
  if (row.verified) why.push("verified");
  if ((driverRating ?? 0) >= wellRated) why.push("well_rated");
  return why;
}

function foundTrip(row: FoundRow) {
  const driver = driverOf(row);
  const from = { stop: row.from_stop, lat: row.from_lat, lng: row.from_lng, label: row.from_label, at: row.at };
  const to = { stop: row.to_stop, lat: row.to_lat, lng: row.to_lng, label: row.to_label, at: row.arrival };
  return {
    trip_id: row.trip_id,
    match: "stops",
    from: { ...from, distance_m: Math.round(row.from_m) },
    to: { ...to, distance_m: Math.round(row.to_m) },
    price: row.price,
    currency: "DZD",
    seats_left: row.seats_left,
    detour_m: 0,
    detour_s: 0,
    instant: row.booking_mode === "instant",
    driver,
    departure_at: row.at,
    arrival_at: row.arrival,
    duration_s: Math.trunc((row.arrival.getTime() - row.at.getTime()) / 1000),
    score: row.score,
    why: reasons(row, driver.rating),
  };
}

export function searchPage(rows: FoundRow[]) {
  return { items: rows.map(foundTrip), total: rows[0]?.total ?? 0 };
}
