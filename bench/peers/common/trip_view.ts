// GET /trips/{id}: a row of `trips` with its driver and vehicle into what clients see.
import { type DriverCard, publicName, rating, responseTime } from "./people.ts";

type Whole = number | bigint; // Prisma reads int8 as bigint

export interface TripColumns {
  id: string;
  driver_id: string;
  vehicle_id: string;
  status: string;
  stop_lats: number[];
  stop_lngs: number[];
  stop_labels: string[];
  stop_communes: string[];
  stop_times: Date[];
  stop_prices: Whole[];
  seats: number;
  leg_seats_left: number[];
  booking_mode: string;
  smoking: boolean;
  pets: boolean;
  music: boolean;
  talk: string;
  luggage: string;
  max_two_back: boolean;
  women_only: boolean;
  note: string | null;
  place_id: string | null;
  itinerary_id: string | null;
  return_trip_id: string | null;
  distance_m: number;
  duration_s: number;
  polyline: string;
  version: Whole;
  created_at: Date;
}

export interface DriverColumns {
  name: string;
  rating_sum: Whole;
  rating_count: number;
  verified: boolean;
  response_seconds_sum: Whole;
  response_count: number;
}

export interface VehicleColumns {
  make: string;
  model: string;
  year: number;
  colour: string;
  seats: number;
  fuel: string;
}

/** Drafts and trips among women are not shown to somebody unknown. */
export function isPublic(trip: TripColumns): boolean {
  return trip.status !== "draft" && !trip.women_only;
}

function driverCard(id: string, driver: DriverColumns): DriverCard {
  return {
    id,
    name: publicName(driver.name),
    rating: rating(Number(driver.rating_sum), driver.rating_count),
    reviews: driver.rating_count,
    verified: driver.verified,
    response_time_s: responseTime(Number(driver.response_seconds_sum), driver.response_count),
  };
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
    preferences: {
      smoking: trip.smoking,
      pets: trip.pets,
      music: trip.music,
      talk: trip.talk,
      luggage: trip.luggage,
      max_two_back: trip.max_two_back,
      women_only: trip.women_only,
    },
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
