// Bookings and publications: each may be sent once only, so they are dealt out of a pool that the database was prepared
// for (world/writers.sql). Pure: what is asked twice of the same pool number is the same request.
import type { Holder, Sign } from "../token.ts";
import type { Request } from "./request.ts";

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

function headers(writer: Holder, sign: Sign, key: string): Record<string, string> {
  return { Authorization: `Bearer ${sign(writer)}`, "Content-Type": "application/json", "Idempotency-Key": key };
}

/** Neighbours in the pool are of different drivers, so that they do not wait for each other's rows. */
export function publication(publishers: readonly Publisher[], number: number, today: string, run: string, sign: Sign): Request {
  const publisher = publishers[number % publishers.length];
  if (publisher === undefined) throw new Error("there is no publisher");
  const slot = Math.floor(number / publishers.length);
  const day = firstDay + Math.floor(slot / hours.length);
  if (day >= lastDay) throw new Error("the pool of publications is empty");
  const departure = Date.parse(`${today}T00:00:00Z`) + (day * 24 + (hours[slot % hours.length] as number)) * 3_600_000;
  const body = JSON.stringify({
    vehicle_id: publisher.vehicle,
    departure_at: new Date(departure).toISOString(),
    seats: 3,
    booking_mode: "instant",
    stops: publisher.stops,
    publish: true,
  });
  return { method: "POST", path: "/api/v1/trips", headers: headers(publisher, sign, `publish-${run}-${number}`), body, expect: 201 };
}

export interface BookingPool {
  passengers: readonly Holder[];
  /** Slot by slot: the trips of one slot leave together, those of the next when they have all arrived. */
  trips: readonly string[];
  perSlot: number;
  seats: number;
}

export function bookingCapacity({ trips, seats }: BookingPool): number {
  return trips.length * seats;
}

/** One seat; neighbours are on different trips, and a passenger has one booking in a slot. */
export function booking(pool: BookingPool, number: number, run: string, sign: Sign): Request {
  const inSlot = pool.perSlot * pool.seats;
  const slot = Math.floor(number / inSlot);
  const within = number % inSlot;
  const trip = pool.trips[slot * pool.perSlot + (within % pool.perSlot)];
  const passenger = pool.passengers[within];
  if (trip === undefined) throw new Error("the pool of bookings is empty");
  if (passenger === undefined) throw new Error("fewer passengers than seats in a slot");
  const body = JSON.stringify({ trip_id: trip, from_stop: 0, to_stop: 1, seats: 1, payment_method: "cash" });
  return { method: "POST", path: "/api/v1/bookings", headers: headers(passenger, sign, `book-${run}-${number}`), body, expect: 201 };
}
