// GET /trips/{id}: a row of `trips` with its driver and vehicle into what clients see.
import { type DriverColumns, driverCard } from "./people.ts";

type Whole = number | bigint; // Prisma reads int8 as bigint
type Words = Record<"id" | "driver_id" | "vehicle_id" | "status" | "booking_mode" | "talk" | "luggage" | "polyline", string>;
type PerhapsWords = Record<"note" | "place_id" | "itinerary_id" | "return_trip_id", string | null>;
type Choices = Record<"smoking" | "pets" | "music" | "max_two_back" | "women_only", boolean>;
type Lists = Record<"stop_lats" | "stop_lngs" | "leg_seats_left", number[]> & Record<"stop_labels" | "stop_communes", string[]>;

export type TripColumns = Words & PerhapsWords & Choices & Lists & Record<"seats" | "distance_m" | "duration_s", number> & {
  stop_times: Date[];
  stop_prices: Whole[];
  version: Whole;
  created_at: Date;
};

export type VehicleColumns = Record<"make" | "model" | "colour" | "fuel", string> & Record<"year" | "seats", number>;

/** Drafts and women-only trips are hidden from anonymous callers. */
export function isPublic(trip: TripColumns): boolean {
  return trip.status !== "draft" && !trip.women_only;
}

function stopsOf(trip: TripColumns) {
  return trip.stop_lats.map((lat, position) => ({
    position,
    lat,
    lng: trip.stop_lngs[position] as number,
    label: trip.stop_labels[position] as string,
    commune_id: trip.stop_communes[position] || null,
    at: trip.stop_times[position] as Date,
    price: Number(trip.stop_prices[position]),
  }));
}

function legsOf(trip: TripColumns) {
  return trip.leg_seats_left.map((seats_left, from) => ({
    from,
    to: from + 1,
    price: Number(trip.stop_prices[from + 1]) - Number(trip.stop_prices[from]),
    seats_left,
  }));
}

export function tripView(trip: TripColumns, driver: DriverColumns, vehicle: VehicleColumns) {
  const { smoking, pets, music, talk, luggage, max_two_back, women_only } = trip;
  return {
    id: trip.id,
    status: trip.status,
    driver: driverCard(trip.driver_id, driver),
    vehicle: { id: trip.vehicle_id, ...vehicle, plate: null }, // only for those who travel
    departure_at: trip.stop_times[0] as Date,
    arrival_at: trip.stop_times.at(-1) as Date,
    seats: trip.seats,
    seats_left: Math.min(...trip.leg_seats_left),
    price: Number(trip.stop_prices.at(-1)),
    currency: "DZD",
    booking_mode: trip.booking_mode,
    distance_m: trip.distance_m,
    duration_s: trip.duration_s,
    polyline: trip.polyline,
    preferences: { smoking, pets, music, talk, luggage, max_two_back, women_only },
    note: trip.note,
    place_id: trip.place_id,
    itinerary_id: trip.itinerary_id,
    return_trip_id: trip.return_trip_id,
    stops: stopsOf(trip),
    legs: legsOf(trip),
    version: Number(trip.version),
    created_at: trip.created_at,
  };
}
