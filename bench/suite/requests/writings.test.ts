import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Holder, Sign } from "../token.ts";
import { sizesFor } from "../world/writers.ts";
import { type BookingPool, booking, numberedId, pgbenchBookings, publication } from "./writings.ts";
import { publicationCapacity, type Publisher, type Seat, seatOf, sharedBooking } from "./writings.ts";

function people(count: number, name: string): Holder[] {
  return Array.from({ length: count }, (_, i) => ({ user: `${name}${i}`, session: `session-${name}${i}` }));
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

const sign: Sign = ({ session }) => `token of ${session}`;
const [perSlot, slots, seats] = [5, 3, 8];

describe("bookings", () => {
  const trips = Array.from({ length: perSlot * slots }, (_, i) => `slot${Math.floor(i / perSlot)}-trip${i % perSlot}`);
  const pool: BookingPool = { passengers: people(perSlot * seats, "passenger"), trips, perSlot, seats };
  const all = Array.from({ length: trips.length * seats }, (_, i) => booking(pool, i, "run", sign));
  const told = all.map(({ body = "{}", headers }) => ({ trip: String(JSON.parse(body).trip_id), who: headers?.["Authorization"], key: headers?.["Idempotency-Key"] }));

  test("fill every trip to its last seat and no further", () => {
    const taken = Map.groupBy(told, ({ trip }) => trip);
    assert.equal(taken.size, perSlot * slots);
    for (const [trip, bookings] of taken) assert.equal(bookings.length, seats, trip);
    assert.throws(() => booking(pool, all.length, "run", sign), /empty/);
  });

  test("never put one passenger on two trips of a slot, which leave together, and spread neighbours over different trips", () => {
    assert.equal(distinct(told.map(({ trip, who }) => `${trip.split("-")[0]} ${who}`)), told.length);
    for (let i = 0; i < perSlot * seats; i += perSlot) assert.equal(distinct(told.slice(i, i + perSlot).map(({ trip }) => trip)), perSlot);
  });

  test("have keys of their own, and the same ones again", () => {
    assert.equal(distinct(told.map(({ key }) => key)), told.length);
    assert.deepEqual(booking(pool, 7, "run", sign), all[7]);
    assert.notDeepEqual(booking(pool, 7, "other run", sign), all[7]);
  });
});

test("publications leave within the ninety days that are allowed, no driver's two at once nor more than four a day", () => {
  const publishers: Publisher[] = people(3, "driver").map((one, i) => ({ ...one, vehicle: `car${i}`, stops: [] }));
  const capacity = publicationCapacity(publishers.length);
  const publish = (number: number): { vehicle_id: string; departure_at: string } =>
    JSON.parse(publication(publishers, number, "2026-11-26", "run", sign).body ?? "{}");
  const told = Array.from({ length: capacity }, (_, i) => publish(i));
  assert.equal(distinct(told.map(({ vehicle_id: car, departure_at: at }) => `${car} ${at}`)), capacity);
  for (const [day, trips] of Map.groupBy(told, ({ vehicle_id: car, departure_at: at }) => `${car} ${at.slice(0, 10)}`)) assert.equal(trips.length, 4, day);
  const dates = told.map(({ departure_at: at }) => at.slice(0, 10)).sort();
  assert.deepEqual([dates[0], dates.at(-1)], ["2026-11-28", "2027-02-13"]);
  assert.throws(() => publish(capacity), /empty/);
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
  const number = (id: string): number => Number(id.replaceAll("-", ""));
  const day = (trip: string): number => (number(trip) - 1) % 16; // as in prepare_booking.sql
  const seen = Array.from({ length: pgbenchBookings }, (_, i) => seatOf(i));

  test("never take the same seat twice, nor a passenger two trips on one day", () => {
    assert.equal(distinct(seen.map(({ trip, passenger }) => `${trip} ${passenger}`)), seen.length);
    assert.equal(distinct(seen.map(({ trip, passenger }) => `${day(trip)} ${passenger}`)), seen.length);
    assert.throws(() => seatOf(pgbenchBookings), /all seats/);
  });

  test("are never on neighbouring trips one after the other", () => {
    const trips = seen.slice(0, 1_000).map(({ trip }) => number(trip));
    for (const [i, trip] of trips.slice(1).entries()) assert.ok(Math.abs(trip - (trips[i] as number)) > 1_000);
  });

  test("take other seats than pgbench, which gives trip and passenger the distance of its turn", () => {
    const turn = ({ trip, passenger }: Seat): number => (number(passenger) - number(trip) + 131_072) % 131_072;
    for (const i of [0, 1, 131_071, 200_000, pgbenchBookings - 1]) assert.ok(turn(seatOf(i)) >= 4, `${i}`);
  });

  test("spell ids as pgbench does, and carry the passenger's own token and a key of their own", () => {
    assert.equal(numberedId(131_072), "00000000-0000-0000-0000-000000131072");
    const [one, other] = [0, 1].map((i) => sharedBooking(i, (passenger) => `of ${passenger}`).headers);
    assert.equal(one?.["Authorization"], `Bearer of ${seatOf(0).passenger}`);
    assert.notEqual(one?.["Idempotency-Key"], other?.["Idempotency-Key"]);
  });
});
