// PRODUCT section 1: a tag covers everything shown to its caller, so "not modified" is always true.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "./harness/http.ts";
import { book, good, newDriver, publishTrip, type Trip } from "./harness/journeys.ts";
import { type Person, signIn } from "./harness/people.ts";
import { startWorld } from "./harness/world.ts";

const { api } = await startWorld();
const driver = await newDriver(api);
const passenger = await signIn(api, { name: "Lina Haddad" });
const trip = await publishTrip(driver, { booking_mode: "approval" });
const path = `/trips/${trip.id}`;

function look(person: Person, known = ""): Promise<Answer> {
  return person.send("GET", path, { headers: known ? { "if-none-match": known } : {} });
}

function tagOf(answer: Answer): string {
  const tag = answer.header("etag");
  assert.ok(tag, answer.brief);
  return tag;
}

/** A caller who knows `known` receives this now, and 304 the next time. */
async function shownAnew(person: Person, known: string): Promise<{ tag: string; shown: Trip }> {
  const answer = await look(person, known);
  assert.equal(answer.status, 200, `still ${known}`);
  const tag = tagOf(answer);
  assert.equal((await look(person, tag)).status, 304);
  return { tag, shown: answer.json<Trip>() };
}

test("a passenger who is accepted is shown the plate", async () => {
  const before = tagOf(await look(passenger));
  assert.equal((await look(passenger, `"x", W/${before.replace("W/", "")}`)).status, 304, "a list, compared weakly");
  const booking = await book(passenger, trip, { payment_method: "cash" });
  const requested = await look(passenger, before);
  const known = requested.status === 304 ? before : tagOf(requested);
  await good(driver.client.POST("/bookings/{id}/accept", { params: { path: { id: booking.id } } }));
  const { shown } = await shownAnew(passenger, known);
  assert.match(shown.vehicle.plate ?? "", /-119-16$/);
});

test("the driver's name and the car's colour are in the tag", async () => {
  const before = tagOf(await look(driver));
  await good(driver.client.PATCH("/vehicles/{id}", { params: { path: { id: driver.vehicle } }, body: { colour: "gold" } }));
  const painted = await shownAnew(driver, before);
  assert.equal(painted.shown.vehicle.colour, "gold");
  await good(driver.client.PATCH("/users/me", { body: { name: "Kamel Zerrouki" } }));
  assert.equal((await shownAnew(driver, painted.tag)).shown.driver.name, "Kamel Z.");
});

test("an edit names the version in the tag, which a sold seat changes", async () => {
  const edit = (known: string) => driver.send("PATCH", path, { body: { note: "À l'heure." }, headers: { "if-match": known } });
  const { version } = (await look(driver)).json<Trip>();
  assert.equal((await edit(`"${version}.whatever-was-shown"`)).status, 200);
  assert.equal((await edit(`"${version}.whatever-was-shown"`)).status, 412);
  const open = await publishTrip(await newDriver(api));
  await book(await signIn(api), open);
  const sold = await good(driver.client.GET("/trips/{id}", { params: { path: { id: open.id } } }));
  assert.notEqual(sold.version, open.version);
});
