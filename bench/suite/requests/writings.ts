// Bookings and publications: each may be sent once only, so they are dealt out of a pool that the database was prepared
// for (world/writers.sql, bench/pgbench/prepare_booking.sql). Pure: what is asked twice of the same number is the same request.
import type { Holder, Sign } from "../token.ts";
import type { Request } from "./request.ts";

/** Of people with an access token, under a key of its own. */
function post(path: string, token: string, key: string, body: object): Request {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "Idempotency-Key": key };
  return { method: "POST", path: `/api/v1/${path}`, headers, body: JSON.stringify(body), expect: 201 };
}

function seat(trip_id: string, to_stop: number) {
  return { trip_id, from_stop: 0, to_stop, seats: 1, payment_method: "cash" };
}

export interface Publisher extends Holder {
  vehicle: string;
  stops: { lat: number; lng: number; label: string; price: number }[];
}

const hours = [5, 9, 13, 17]; // four trips a day is what a driver may offer
const firstDay = 2; // a driver's own trip may still be on its way tomorrow
const lastDay = 80; // ten days before the last day that may be published

export function publicationCapacity(publishers: number): number {
  return publishers * hours.length * (lastDay - firstDay);
}

/** Neighbours in the pool are of different drivers, so that they do not wait for each other's rows. */
export function publication(publishers: readonly Publisher[], number: number, today: string, run: string, sign: Sign): Request {
  if (number >= publicationCapacity(publishers.length)) throw new Error("the pool of publications is empty");
  const publisher = publishers[number % publishers.length] as Publisher;
  const slot = Math.floor(number / publishers.length);
  const hour = (firstDay + Math.floor(slot / hours.length)) * 24 + (hours[slot % hours.length] as number);
  const departure_at = new Date(Date.parse(`${today}T00:00:00Z`) + hour * 3_600_000).toISOString();
  const { vehicle: vehicle_id, stops } = publisher;
  const trip = { vehicle_id, departure_at, seats: 3, booking_mode: "instant", stops, publish: true };
  return post("trips", sign(publisher), `publish-${run}-${number}`, trip);
}

export interface BookingPool {
  passengers: readonly Holder[];
  /** Slot by slot: the trips of one slot leave together, those of the next when they have all arrived. */
  trips: readonly string[];
  perSlot: number;
  seats: number;
}

/** One seat; neighbours are on different trips, and a passenger has one booking in a slot. */
export function booking(pool: BookingPool, number: number, run: string, sign: Sign): Request {
  const inSlot = pool.perSlot * pool.seats;
  const [slot, within] = [Math.floor(number / inSlot), number % inSlot];
  const trip = pool.trips[slot * pool.perSlot + (within % pool.perSlot)];
  const passenger = pool.passengers[within];
  if (trip === undefined || passenger === undefined) throw new Error(`the pool of bookings is empty after ${pool.trips.length * pool.seats}`);
  return post("bookings", sign(passenger), `book-${run}-${number}`, seat(trip, 1));
}

// On the rows that prepare_booking.sql makes, so that SafarGo and pgbench book the same trips for the same people. booking.sql
// says how its k-th booking finds its trip and passenger; ours begin where pgbench's never come.
const rows = 131_072; // trips, and passengers
const stride = 81_001; // odd: all trips come before one comes again, and neighbours in time are none on the disk
const sharedSeats = 8;
export const pgbenchBookings = (sharedSeats / 2) * rows; // 0 .. here are pgbench's, the other half is SafarGo's

/** As pgbench spells ids: the number, in 32 digits. */
export function numberedId(number: number): string {
  return String(number).padStart(32, "0").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export interface Seat {
  trip: string;
  passenger: string;
}

/** In each turn through the trips another passenger, whose trips so far were on other days. */
export function seatOf(number: number): Seat {
  const k = pgbenchBookings + number;
  if (k >= sharedSeats * rows) throw new Error("all seats of prepare_booking.sql are booked");
  const index = (k * stride) % rows;
  return { trip: numberedId(index + 1), passenger: numberedId(((index + Math.floor(k / rows)) % rows) + 1) };
}

export function sharedBooking(number: number, tokenOf: (passenger: string) => string): Request {
  const { trip, passenger } = seatOf(number);
  return post("bookings", tokenOf(passenger), `safargo-${number}`, seat(trip, 2));
}
