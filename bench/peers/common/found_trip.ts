// GET /trips/search: rows of search_sql.ts into what clients see.
import { type DriverColumns, driverCard } from "./people.ts";

type Numbers = Record<"total" | "score" | "from_stop" | "from_lat" | "from_lng" | "from_m" | "to_stop" | "to_lat" | "to_lng" | "to_m" | "price" | "seats_left", number>;
type Words = Record<"trip_id" | "from_label" | "to_label" | "booking_mode" | "driver_id", string>;
export type FoundRow = DriverColumns & Numbers & Words & { at: Date; arrival: Date };

const nearby = 2_000; // metres, both ends together
const wellRated = 4.7;

function foundTrip(row: FoundRow) {
  const driver = driverCard(row.driver_id, row);
  const from = { stop: row.from_stop, lat: row.from_lat, lng: row.from_lng, label: row.from_label, at: row.at };
  const to = { stop: row.to_stop, lat: row.to_lat, lng: row.to_lng, label: row.to_label, at: row.arrival };
  const instant = row.booking_mode === "instant";
  const why: string[] = [];
  if (row.from_m + row.to_m <= nearby) why.push("nearby");
  if (instant) why.push("instant");
  if (row.verified) why.push("verified");
  if ((driver.rating ?? 0) >= wellRated) why.push("well_rated");
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
    instant,
    driver,
    departure_at: row.at,
    arrival_at: row.arrival,
    duration_s: Math.trunc((row.arrival.getTime() - row.at.getTime()) / 1000),
    score: row.score,
    why,
  };
}

export function searchPage(rows: FoundRow[]) {
  return { items: rows.map(foundTrip), total: rows[0]?.total ?? 0 };
}
