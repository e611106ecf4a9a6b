import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sizesFor } from "../world/writers.ts";
import { type BookingPool, booking, bookingCapacity, publication, publicationCapacity, type Publisher } from "./writings.ts";

const today = "2026-11-26";

function people(count: number, name: string): { user: string; token: string }[] {
  return Array.from({ length: count }, (_, i) => ({ user: `${name}${i}`, token: `token-${name}${i}` }));
}

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
  const all = Array.from({ length: bookingCapacity(pool) }, (_, i) => booking(pool, i, "run"));
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
    assert.deepEqual(booking(pool, 7, "run"), all[7]);
    assert.notDeepEqual(booking(pool, 7, "other run"), all[7]);
  });

  test("beyond the pool are refused", () => {
    assert.throws(() => booking(pool, bookingCapacity(pool), "run"), /empty/);
  });
});

describe("publications", () => {
  const publishers: Publisher[] = people(3, "driver").map((one, i) => ({ ...one, vehicle: `car${i}`, stops: [] }));
  const capacity = publicationCapacity(publishers.length);
  const bodies = Array.from({ length: capacity }, (_, i) => {
    const request = publication(publishers, i, today, "run");
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
    assert.throws(() => publication(publishers, capacity, today, "run"), /empty/);
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
