// JWT_SECRET is replaced as docs/runbooks/rotate-jwt-secret.md says, replica by replica, without anyone noticing.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import type { Schema } from "@safargo/api-client";
import type { Api } from "./harness/api.ts";
import type { Answer } from "./harness/http.ts";
import { type Booking, book, type Driver, good, hoursAhead, newDriver, publishTrip } from "./harness/journeys.ts";
import { newCode, newPhone, type Person, signIn } from "./harness/people.ts";
import { startApi, startWorld } from "./harness/world.ts";

type Proof = { pin: string } | { token: string };

interface Ride {
  driver: Driver;
  booking: Booking;
}

const old = randomBytes(32).toString("hex");
const fresh = randomBytes(32).toString("hex");

async function keysAt(api: Api, driver: Person, trip: { id: string }): Promise<Schema<"BoardingKey">[]> {
  const path = { id: trip.id };
  return (await good(driver.clientOf(api).GET("/trips/{id}/bookings", { params: { path } }))).boarding_keys;
}

async function codesAt(api: Api, passenger: Person, booking: Booking): Promise<{ pin: string; token: string }> {
  const path = { id: booking.id };
  const shown = await good(passenger.clientOf(api).GET("/bookings/{id}", { params: { path } }));
  assert.ok(shown.boarding);
  return shown.boarding;
}

async function rideOf(passenger: Person, api: Api): Promise<Ride> {
  const driver = await newDriver(api, { name: "Karim Saadi" });
  return { driver, booking: await book(passenger, await publishTrip(driver), { payment_method: "cash" }) };
}

function boardAt(api: Api, { driver, booking }: Ride, body: Proof): Promise<Answer> {
  return api.send("POST", `/api/v1/bookings/${booking.id}/board`, { token: driver.token, body });
}

function verifyAt(api: Api, identifier: string, code: string): Promise<Answer> {
  return api.send("POST", "/api/v1/auth/otp/verify", { body: { identifier, code } });
}

function pageAt(api: Api, reader: Person, cursor: string | null): Promise<Answer> {
  const rest = cursor === null ? "" : `&cursor=${cursor}`;
  return api.send("GET", `/api/v1/users/me/trips?limit=1${rest}`, { token: reader.token });
}

async function statusAt(api: Api, person: Person): Promise<number> {
  return (await api.send("GET", "/api/v1/users/me", { token: person.token })).status;
}

// What people have when the rotation begins.
const { database, api: before } = await startWorld({ environment: { JWT_SECRET: old } });
const driver = await newDriver(before);
const trips = [];
for (const hours of [40, 60, 80]) trips.push(await publishTrip(driver, { departure_at: hoursAhead(hours) }));
const trip = trips[0] as (typeof trips)[number];
const page = (await pageAt(before, driver, null)).json<Schema<"TripPage">>();
const keysBefore = await keysAt(before, driver, trip);
const passengers = [await signIn(before), await signIn(before)] as const;
const rides = [await rideOf(passengers[0], before), await rideOf(passengers[1], before)] as const;
const shown = [
  await codesAt(before, passengers[0], rides[0].booking),
  await codesAt(before, passengers[1], rides[1].booking),
] as const;
const texted = [newPhone(), newPhone()] as const;
const codes = [await newCode(before, texted[0]), await newCode(before, texted[1])] as const;
await before.stop();

// A rolling deployment: one replica still signs with the old secret, the other already with the new one.
const known = await startApi(database, { JWT_SECRET: old, JWT_SECRET_PREVIOUS: fresh });
const during = await startApi(database, { JWT_SECRET: fresh, JWT_SECRET_PREVIOUS: old });

describe("while the secret rotates", () => {
  test("people stay signed in, and sign in, at either replica", async () => {
    const newcomers = [await signIn(known), await signIn(during)];
    for (const person of [driver, ...passengers, ...newcomers]) {
      assert.equal(await statusAt(known, person), 200);
      assert.equal(await statusAt(during, person), 200);
    }
  });

  test("a one-time code sent before still signs in", async () => {
    assert.equal((await verifyAt(known, texted[0], codes[0])).status, 200);
    assert.equal((await verifyAt(during, texted[1], codes[1])).status, 200);
  });

  test("pages continue where they stopped, at either replica", async () => {
    const seen = new Set(page.items.map((item) => item.id));
    let cursor = page.next_cursor;
    for (const api of [during, known]) {
      const answer = await pageAt(api, driver, cursor);
      assert.equal(answer.status, 200, answer.brief);
      const next = answer.json<Schema<"TripPage">>();
      for (const item of next.items) seen.add(item.id);
      cursor = next.next_cursor;
    }
    assert.equal(seen.size, 3);
    assert.equal((await pageAt(known, driver, (await pageAt(during, driver, null)).json<Schema<"TripPage">>().next_cursor)).status, 200);
  });

  test("a passenger boards with what was shown before", async () => {
    assert.equal((await boardAt(during, rides[0], { pin: shown[0].pin })).status, 200);
    assert.equal((await boardAt(during, rides[1], { token: shown[1].token })).status, 200);
  });

  test("a passenger boards with what either replica shows", async () => {
    const [showsAndAsks, rest] = [[known, during] as const, [during, known] as const];
    for (const [shows, asks] of [showsAndAsks, rest]) {
      for (const proof of ["pin", "token"] as const) {
        const passenger = await signIn(shows);
        const ride = await rideOf(passenger, shows);
        const { pin, token } = await codesAt(shows, passenger, ride.booking);
        const boarded = await boardAt(asks, ride, proof === "pin" ? { pin } : { token });
        assert.equal(boarded.status, 200, `${proof}: ${boarded.brief}`);
      }
    }
  });

  test("the driver's page gets the keys of both", async () => {
    const keys = await keysAt(during, driver, trip);
    assert.equal(keys.length, 2);
    assert.deepEqual(await keysAt(known, driver, trip), [...keys].reverse());
    assert.deepEqual(keys[1], keysBefore[0]);
  });
});

describe("once the old secret is gone", () => {
  test("only what outlives the rotation is left, and that does not depend on the secret", async () => {
    const late = await signIn(during);
    await Promise.all([known.stop(), during.stop()]);
    const after = await startApi(database, { JWT_SECRET: fresh });
    assert.equal(await statusAt(after, late), 200);
    assert.equal(await statusAt(after, driver), 401);
    const renewed = await after.send("POST", "/api/v1/auth/refresh", { body: { refresh_token: driver.refreshToken } });
    assert.equal(renewed.status, 200);
    driver.token = renewed.json<{ access_token: string }>().access_token;
    assert.equal((await pageAt(after, driver, page.next_cursor)).status, 400);
    assert.equal((await keysAt(after, driver, trip)).length, 1);
  });
});
