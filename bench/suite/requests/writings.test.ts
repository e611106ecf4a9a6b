import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Holder, Sign } from "../token.ts";
import { sizesFor } from "../world/writers.ts";
import { numberedId, pgbenchBookings, seatOf, sharedBooking } from "./shared_bookings.ts";
import { type BookingPool, booking, bookingCapacity, publication, publicationCapacity, type Publisher } from "./writings.ts";

const today = "2026-11-26";

function people(count: number, name: string): Holder[] {
  return Array.from({ length: count }, (_, i) => ({ user: `${name}${i}`, session: `session-${name}${i}` }));
}

const sign: Sign = ({ session }) => `token of ${session}`;

const perSlot = 5;
const slots = 3;
const seats = 8;
const pool: BookingPool = {
  passengers: people(perSlot * seats, "passenger"),
  trips: Array.from({ length: perSlot * slots }, (_, i) => `slot${Math.floor(i / perSlot)}-trip${i % perSlot}`),
  perSlot,
  seats,
};

describe("bookings", () => {
  const all = Array.from({ length: bookingCapacity(pool) }, (_, i) => booking(pool, i, "run", sign));
  const told = all.map((request) => ({
    trip: (JSON.parse(request.body ?? "{}") as { trip_id: string }).trip_id,
    who: request.headers?.["Authorization"] ?? "",
    key: request.headers?.["Idempotency-Key"],
  }));

  test("fill every trip to its last seat and no further", () => {
    const taken = Map.groupBy(told, ({ trip }) => trip);
    assert.equal(taken.size, perSlot * slots);
    for (const [trip, bookings] of taken) assert.equal(bookings.length, seats, trip);
  });

  test("never put one passenger on two trips of a slot, which leave together", () => {
    const pairs = told.map(({ trip, who }) => `${trip.split("-")[0]} ${who}`);
    assert.equal(new Set(pairs).size, pairs.length);
  });

  test("spread neighbours over different trips", () => {
    for (let i = 0; i + perSlot <= perSlot * seats; i += perSlot) {
      assert.equal(new Set(told.slice(i, i + perSlot).map(({ trip }) => trip)).size, perSlot);
    }
  });

  test("have keys of their own, and the same ones again", () => {
    assert.equal(new Set(told.map(({ key }) => key)).size, told.length);
    assert.deepEqual(booking(pool, 7, "run", sign), all[7]);
    assert.notDeepEqual(booking(pool, 7, "other run", sign), all[7]);
  });

  test("beyond the pool are refused", () => {
    assert.throws(() => booking(pool, bookingCapacity(pool), "run", sign), /empty/);
  });
});

describe("publications", () => {
  const publishers: Publisher[] = people(3, "driver").map((one, i) => ({ ...one, vehicle: `car${i}`, stops: [] }));
  const capacity = publicationCapacity(publishers.length);
  const bodies = Array.from({ length: capacity }, (_, i) => {
    const request = publication(publishers, i, today, "run", sign);
    return JSON.parse(request.body ?? "{}") as { vehicle_id: string; departure_at: string };
  });

  test("never let a driver leave twice at once, nor more than four times a day", () => {
    const departures = bodies.map(({ vehicle_id: car, departure_at: at }) => `${car} ${at}`);
    assert.equal(new Set(departures).size, capacity);
    const days = Map.groupBy(bodies, ({ vehicle_id: car, departure_at: at }) => `${car} ${at.slice(0, 10)}`);
    for (const [day, trips] of days) assert.equal(trips.length, 4, day);
  });

  test("leave after tomorrow and within the ninety days that are allowed", () => {
    const dates = bodies.map(({ departure_at: at }) => at.slice(0, 10)).sort();
    assert.equal(dates[0], "2026-11-28");
    assert.equal(dates.at(-1), "2027-02-13");
  });

  test("beyond the pool are refused", () => {
    assert.throws(() => publication(publishers, capacity, today, "run", sign), /empty/);
  });
});

test("the database is prepared for what is wanted, and hosts never run out of slots in a month", () => {
  for (const bookings of [1, 5_000, 144_000, 1_000_000]) {
    const { perSlot: trips, slots: count, publishers } = sizesFor({ bookings, publications: 50_000 });
    assert.ok(trips * count * seats >= bookings, `${bookings}`);
    assert.ok(count <= 160 && trips >= 100);
    assert.ok(publicationCapacity(publishers) >= 50_000);
  }
});

describe("bookings on the rows of pgbench", () => {
  const day = (trip: string): number => (Number(trip.replaceAll("-", "")) - 1) % 16; // as in prepare_booking.sql

  test("spell ids as pgbench does", () => {
    assert.equal(numberedId(131_072), "00000000-0000-0000-0000-000000131072");
  });

  test("never take the same seat twice, nor a passenger two trips on one day", () => {
    const seen = Array.from({ length: pgbenchBookings }, (_, i) => seatOf(i));
    assert.equal(new Set(seen.map(({ trip, passenger }) => `${trip} ${passenger}`)).size, seen.length);
    assert.equal(new Set(seen.map(({ trip, passenger }) => `${day(trip)} ${passenger}`)).size, seen.length);
    assert.throws(() => seatOf(pgbenchBookings), /all seats/);
  });

  test("are never on neighbouring trips one after the other", () => {
    const number = (i: number): number => Number(seatOf(i).trip.replaceAll("-", ""));
    for (let i = 1; i < 1_000; i += 1) assert.ok(Math.abs(number(i) - number(i - 1)) > 1_000);
  });

  test("take other seats than pgbench, which gives trip and passenger the distance of its turn", () => {
    const turn = ({ trip, passenger }: { trip: string; passenger: string }) => {
      const distance = Number(passenger.replaceAll("-", "")) - Number(trip.replaceAll("-", ""));
      return (distance + 131_072) % 131_072;
    };
    const turns = new Set([0, 1, 131_071, 200_000, pgbenchBookings - 1].map((number) => turn(seatOf(number))));
    assert.deepEqual([...turns].filter((one) => one < 4), []);
  });

  test("carry the passenger's own token and a key of their own", () => {
    const request = sharedBooking(0, (passenger) => `of ${passenger}`);
    assert.equal(request.headers?.["Authorization"], `Bearer of ${seatOf(0).passenger}`);
    assert.notEqual(sharedBooking(1, String).headers?.["Idempotency-Key"], request.headers?.["Idempotency-Key"]);
  });
});
