// Rows of the database into what clients see: GET /trips/{id}, /trips/search (rows of search_sql.ts) and /places.
import { type Asked, whole, word } from "./asked.ts";

type Whole = number | bigint; // Prisma reads int8 as bigint

// Drivers as others see them: columns of `users`.
export interface DriverColumns {
  name: string;
  rating_sum: Whole;
  rating_count: number;
  verified: boolean;
  response_seconds_sum: Whole;
  response_count: number;
}

/** "Ahmed Benali" -> "Ahmed B." */
function publicName(name: string): string {
  const [first = "", ...others] = name.split(/\s+/).filter((word) => word !== "");
  const last = others.at(-1);
  return last === undefined ? first : `${first} ${String.fromCodePoint(last.codePointAt(0) ?? 0)}.`;
}

/** The mean with one decimal. */
function rating({ rating_sum: sum, rating_count: count }: Pick<DriverColumns, "rating_sum" | "rating_count">): number | null {
  return count === 0 ? null : Math.round((10 * Number(sum)) / count) / 10;
}

/** The mean of at least three answers, in whole seconds. */
function responseTime({ response_seconds_sum: sum, response_count: answers }: DriverColumns): number | null {
  return answers < 3 ? null : Math.floor((Number(sum) + Math.floor(answers / 2)) / answers);
}

function driverCard(id: string, driver: DriverColumns) {
  return {
    id,
    name: publicName(driver.name),
    photo: null, // nobody in the bench's worlds has pictures
    rating: rating(driver),
    reviews: driver.rating_count,
    verified: driver.verified,
    response_time_s: responseTime(driver),
  };
}

type TripWords = Record<"id" | "driver_id" | "vehicle_id" | "status" | "booking_mode" | "talk" | "luggage" | "polyline", string>;
type PerhapsWords = Record<"note" | "place_id" | "itinerary_id" | "return_trip_id", string | null>;
type Choices = Record<"smoking" | "pets" | "music" | "max_two_back" | "women_only", boolean>;
type Lists = Record<"stop_lats" | "stop_lngs" | "leg_seats_left", number[]> & Record<"stop_labels" | "stop_communes", string[]>;
type TripNumbers = Record<"seats" | "distance_m" | "duration_s", number> & Record<"version", Whole>;

export type TripColumns = TripWords & PerhapsWords & Choices & Lists & TripNumbers & {
  stop_times: Date[];
  stop_prices: Whole[];
  created_at: Date;
};

export type VehicleColumns = Record<"make" | "model" | "colour" | "fuel", string> & Record<"year" | "seats", number>;

/** Drafts and women-only trips are hidden from anonymous callers. */
export function isPublic(trip: TripColumns): boolean {
  return trip.status !== "draft" && !trip.women_only;
}

export function tripView(trip: TripColumns, driver: DriverColumns, vehicle: VehicleColumns) {
  const { id, status, seats, booking_mode, distance_m, duration_s, polyline, note, place_id, itinerary_id, return_trip_id, created_at } = trip;
  const { smoking, pets, music, talk, luggage, max_two_back, women_only } = trip;
  const prices = trip.stop_prices.map(Number);
  const times = trip.stop_times;
  return {
    ...{ id, status, seats, booking_mode, distance_m, duration_s, polyline, note, place_id, itinerary_id, return_trip_id, created_at },
    driver: driverCard(trip.driver_id, driver),
    vehicle: { id: trip.vehicle_id, ...vehicle, photos: [], plate: null }, // the plate only for those who travel
    departure_at: times[0] as Date,
    arrival_at: times.at(-1) as Date,
    seats_left: Math.min(...trip.leg_seats_left),
    price: prices.at(-1) as number,
    currency: "DZD",
    preferences: { smoking, pets, music, talk, luggage, max_two_back, women_only },
    stops: trip.stop_lats.map((lat, position) => ({
      position,
      lat,
      lng: trip.stop_lngs[position] as number,
      label: trip.stop_labels[position] as string,
      commune_id: trip.stop_communes[position] || null,
      at: times[position] as Date,
      price: prices[position] as number,
    })),
    legs: trip.leg_seats_left.map((seats_left, from) => {
      const price = (prices[from + 1] as number) - (prices[from] as number);
      return { from, to: from + 1, price, seats_left };
    }),
    version: Number(trip.version),
  };
}

type FoundNumbers = Record<"total" | "score" | "from_stop" | "from_lat" | "from_lng" | "from_m" | "to_stop" | "to_lat" | "to_lng" | "to_m" | "price" | "seats_left", number>;
type FoundWords = Record<"trip_id" | "from_label" | "to_label" | "booking_mode" | "driver_id", string>;
export type FoundRow = DriverColumns & FoundNumbers & FoundWords & { at: Date; arrival: Date };

const nearby = 2_000; // metres, both ends together
const wellRated = 4.7;

function foundTrip(row: FoundRow) {
  const { trip_id, price, seats_left, score, at, arrival } = row;
  const driver = driverCard(row.driver_id, row);
  const instant = row.booking_mode === "instant";
  const reasons = { nearby: row.from_m + row.to_m <= nearby, instant, verified: row.verified, well_rated: (driver.rating ?? 0) >= wellRated };
  return {
    ...{ trip_id, match: "stops", price, currency: "DZD", seats_left, detour_m: 0, detour_s: 0, instant, driver, score },
    from: { stop: row.from_stop, lat: row.from_lat, lng: row.from_lng, label: row.from_label, at, distance_m: Math.round(row.from_m) },
    to: { stop: row.to_stop, lat: row.to_lat, lng: row.to_lng, label: row.to_label, at: arrival, distance_m: Math.round(row.to_m) },
    departure_at: at,
    arrival_at: arrival,
    duration_s: Math.trunc((arrival.getTime() - at.getTime()) / 1000),
    why: Object.entries(reasons).flatMap(([reason, holds]) => (holds ? [reason] : [])),
  };
}

export function searchPage(rows: FoundRow[]) {
  return { items: rows.map(foundTrip), total: rows[0]?.total ?? 0 };
}

// SafarGo's own statement without words and cursors, since folding and signing are SafarGo's own.
const types = [
  ...["beach", "waterfall", "mountain", "desert", "heritage", "museum", "food", "viewpoint", "park", "oasis"],
  ...["medina", "lake", "thermal_spring", "religious", "cave", "canyon", "island"],
];

// $1 ranking, $2 $3 near, $4 radius in metres, $5..$8 box, $9 type, $10 wilaya, $11 limit
export const placesSql = `
  select id, slug, name_fr, name_ar, name_en, type, wilaya_code, wilaya_fr, lat, lng, description_fr, unesco,
         rating_sum, rating_count, case when $2 is null then null else distance end as distance
  from (
    select located.*,
      case $1::text
        when 'rating' then -coalesce(rating_sum::float8 / nullif(rating_count, 0), 0)
        when 'popularity' then -(popularity + case when unesco then 100 else 0 end)::float8
        when 'distance' then distance
        else 0
      end as rank
    from (
      select p.*, w.name_fr as wilaya_fr, p.name_fr collate "und-x-icu" as sort_name,
        2 * 6371008.771415 * asin(sqrt(least(1, power(sin(radians(p.lat - $2::float8) / 2), 2) +
          cos(radians($2)) * cos(radians(p.lat)) * power(sin(radians(p.lng - $3::float8) / 2), 2)))) as distance
      from places p join wilayas w on w.code = p.wilaya_code
      where point(p.lat, p.lng) <@ box(point($5::float8, $6::float8), point($7::float8, $8::float8))
        and ($9::text is null or p.type = $9) and ($10::smallint is null or p.wilaya_code = $10)
    ) located
    where $4::float8 is null or distance <= $4
  ) ranked
  order by rank, sort_name, slug limit $11::bigint`;

/** Parameters of placesSql for a query by type and wilaya: everywhere, the most popular first. */
export function placesValues(asked: Asked): (string | number | null)[] {
  const everywhere = [null, null, null, -90, -180, 90, 180];
  return ["popularity", ...everywhere, word(asked, "type", types) ?? null, whole(asked, "wilaya", 1, 99) ?? null, 20];
}

type PlaceWords = Record<"id" | "slug" | "name_fr" | "name_ar" | "name_en" | "type" | "wilaya_fr" | "description_fr", string>;
type PlaceNumbers = Record<"wilaya_code" | "lat" | "lng" | "rating_count", number>;
export type PlaceRow = PlaceWords & PlaceNumbers & { unesco: boolean; rating_sum: Whole; distance: number | null };

function placeView(row: PlaceRow) {
  const { id, slug, type, lat, lng, unesco, distance } = row;
  return {
    ...{ id, slug, type, lat, lng, unesco, photos: [] },
    name: row.name_fr,
    names: { fr: row.name_fr, ar: row.name_ar, en: row.name_en },
    wilaya: { code: row.wilaya_code, name: row.wilaya_fr },
    description: row.description_fr,
    rating: rating(row),
    reviews: row.rating_count,
    distance_m: distance === null ? null : Math.round(distance),
  };
}

export function placesPage(rows: PlaceRow[]) {
  return { items: rows.map(placeView) };
}
