// Bookings on the rows that bench/pgbench/prepare_booking.sql makes, so that SafarGo and pgbench book the same trips for the
// same people. booking.sql says how its k-th booking finds its trip and passenger; ours begin where pgbench's never come.
import type { Request } from "./request.ts";

const rows = 131_072; // trips, and passengers
const stride = 81_001; // odd: all trips come before one comes again, and neighbours in time are none on the disk
const seats = 8;
export const pgbenchBookings = (seats / 2) * rows; // 0 .. here are pgbench's, the other half is SafarGo's
const capacity = seats * rows;

/** As pgbench spells ids: the number, in 32 digits. */
export function numberedId(number: number): string {
  const digits = String(number).padStart(32, "0");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

export interface Seat {
  trip: string;
  passenger: string;
}

/** In each turn through the trips another passenger, whose trips so far were on other days. */
export function seatOf(number: number): Seat {
  const k = pgbenchBookings + number;
  if (k >= capacity) throw new Error("all seats of prepare_booking.sql are booked");
  const index = (k * stride) % rows;
  return { trip: numberedId(index + 1), passenger: numberedId(((index + Math.floor(k / rows)) % rows) + 1) };
}

export function sharedBooking(number: number, tokenOf: (passenger: string) => string): Request {
  const { trip, passenger } = seatOf(number);
  return {
    method: "POST",
    path: "/api/v1/bookings",
    headers: {
      Authorization: `Bearer ${tokenOf(passenger)}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `safargo-${number}`,
    },
    body: JSON.stringify({ trip_id: trip, from_stop: 0, to_stop: 2, seats: 1, payment_method: "cash" }),
    expect: 201,
  };
}
