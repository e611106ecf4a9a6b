// A trip's driver and vehicle are cached between requests (ADR 11): readers see changes to them at every replica.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schema } from "@safargo/api-client";
import type { Api } from "./harness/api.ts";
import { good, newDriver, publishTrip, type Trip } from "./harness/journeys.ts";
import { signIn } from "./harness/people.ts";
import { eventually } from "./harness/waiting.ts";
import { startApi, startWorld } from "./harness/world.ts";

const { database, api } = await startWorld();
const replicas = [api, await startApi(database)];
const driver = await newDriver(api, { name: "Ahmed Benali" });
const stranger = await signIn(api, { name: "Lina Haddad" });
const trip = await publishTrip(driver);

function shownAt(replica: Api): Promise<Trip> {
  return good(stranger.clientOf(replica).GET("/trips/{id}", { params: { path: { id: trip.id } } }));
}

/** More reads than can coincide with a change, whose results are not cached. */
async function remember(): Promise<void> {
  for (const replica of replicas) {
    for (let look = 0; look < 50; look += 1) await shownAt(replica);
  }
}

async function everywhere(what: string, holds: (shown: Trip) => boolean): Promise<void> {
  for (const replica of replicas) await eventually(`${what} at ${replica.origin}`, async () => holds(await shownAt(replica)));
}

test("a repainted vehicle is shown in its new colour", async () => {
  await remember();
  const body: Schema<"EditVehicle"> = { colour: "gold" };
  await good(driver.client.PATCH("/vehicles/{id}", { params: { path: { id: driver.vehicle } }, body }));
  await everywhere("gold", ({ vehicle }) => vehicle.colour === "gold");
});

test("a driver's new name is shown, and the plate still hidden", async () => {
  await remember();
  await good(driver.client.PATCH("/users/me", { body: { name: "Kamel Zerrouki" } }));
  await everywhere("the new name", (shown) => shown.driver.name === "Kamel Z.");
  for (const replica of replicas) assert.equal((await shownAt(replica)).vehicle.plate, null);
});

test("drivers see their own changes at once", async () => {
  await remember();
  const body: Schema<"EditVehicle"> = { colour: "red" };
  await good(driver.client.PATCH("/vehicles/{id}", { params: { path: { id: driver.vehicle } }, body }));
  const own = await good(driver.client.GET("/trips/{id}", { params: { path: { id: trip.id } } }));
  assert.equal(own.vehicle.colour, "red");
});
