// The race for the last seats, with the API killed and PostgreSQL restarted meanwhile (PRODUCT: overselling is never
// possible, whatever crashes).
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alger, blida, type Booking, book, chlef, oran } from "../harness/journeys.ts";
import type { Person } from "../harness/people.ts";
import { eventually } from "../harness/waiting.ts";
import { endTroubles, troubleHolds } from "./blows.ts";
import type { Shape } from "./plan.ts";
import { findProviderDisagreements } from "./provider.ts";
import { Random, replay, seedOfRun } from "./random.ts";
import { Scenario } from "./scenario.ts";
import { makeOverdue, whileSweepersAreHeldUp } from "./sweepers.ts";
import { RaceWorld } from "./world.ts";

const twoLegs: Shape = { name: "two-legs", clients: 40, seats: 3, stops: [alger, { ...chlef, price: 700 }, { ...oran, price: 1500 }] };
const sixLegs: Shape = {
  name: "six-legs",
  clients: 200,
  seats: 4,
  stops: [
    alger,
    { ...blida, price: 100 },
    { lat: 36.2639, lng: 2.2203, label: "Khemis Miliana", price: 250 },
    { lat: 36.2653, lng: 1.9679, label: "Aïn Defla", price: 350 },
    { ...chlef, price: 600 },
    { lat: 35.7373, lng: 0.5559, label: "Relizane", price: 900 },
    { ...oran, price: 1400 },
  ],
};

const seed = seedOfRun();
console.log(`the race can be run again with ${replay(seed)}`);
const random = new Random(seed);
const world = await RaceWorld.create(sixLegs.clients);
const { database } = world;
const last = (shape: Shape) => shape.stops.length - 1;

async function legsLeft(trip: { id: string }): Promise<number[]> {
  return database.value("select leg_seats_left from trips where id = $1", trip.id);
}

async function statusOf(booking: Booking): Promise<string> {
  return database.value("select status from bookings where id = $1", booking.id);
}

/** One hold of each kind: a request, and a booking whose payment was declined. They fill their trips. */
async function makeHolds(shape: Shape, passengers: Person[]): Promise<Booking[]> {
  const [asked, unpaid] = await world.publish(shape, ["approval", "instant"]);
  await troubleHolds(world, "declined", 1);
  const wanted = { to_stop: last(shape), seats: shape.seats };
  const holds = [
    await book(passengers[0] as Person, asked as { id: string }, { ...wanted, payment_method: "cash" }),
    await book(passengers[1] as Person, unpaid as { id: string }, wanted),
  ];
  await endTroubles(world);
  assert.deepEqual(holds.map(({ status }) => status), ["requested", "awaiting_payment"]);
  for (const { trip_id } of holds) assert.ok((await legsLeft({ id: trip_id })).every((left) => left === 0));
  return holds;
}

for (const shape of [twoLegs, sixLegs]) {
  const scenario = new Scenario(world, shape, random.fork(), seed);

  describe(`${shape.clients} passengers for ${shape.seats} seats over ${last(shape)} legs (${replay(seed)})`, () => {
    test("no seat is oversold and no answered booking is lost, whatever crashes", async (context) => {
      await scenario.race();
      context.diagnostic(JSON.stringify(scenario.tally));
      const { rounds, booked, refused, unanswered, unavailable } = scenario.tally;
      assert.ok(unanswered > 0 && unavailable > 0, "no answer was lost: the blows missed");
      assert.ok(booked > rounds && refused > booked, "there was no race");
    });

    test("in the end the books, the bookings of all rounds and the payment provider agree", async () => {
      await scenario.settle();
      assert.deepEqual(await scenario.brokenAtTheEnd(), []);
      assert.deepEqual(await findProviderDisagreements(database), []);
    });

    test("an expired hold is sold again while the sweeping job is held up", async () => {
      const [first, second, third, fourth, fifth, sixth] = world.people as [Person, Person, Person, Person, Person, Person];
      const [bait] = await makeHolds(shape, [first, second]);
      const holds = await makeHolds(shape, [third, fourth]);
      const sold = await whileSweepersAreHeldUp(database, bait as Booking, async () => {
        await makeOverdue(database, holds.map(({ id }) => id));
        const wanted = { to_stop: last(shape), seats: shape.seats, payment_method: "cash" as const };
        return Promise.all(holds.map(({ trip_id }, index) => book([fifth, sixth][index] as Person, { id: trip_id }, wanted)));
      });
      assert.deepEqual(sold.map(({ status }) => status), ["requested", "confirmed"]);
      for (const hold of holds) assert.equal(await statusOf(hold), "expired");
      await world.cancelOpenTrips();
    });

    test("an expired hold is free again by the job alone", async () => {
      const holds = await makeHolds(shape, world.people.slice(6, 8));
      await makeOverdue(database, holds.map(({ id }) => id));
      for (const hold of holds) {
        await eventually(`${hold.id} is expired`, async () => (await statusOf(hold)) === "expired");
        assert.ok((await legsLeft({ id: hold.trip_id })).every((left) => left === shape.seats));
      }
      await world.cancelOpenTrips();
    });

    test("none of that broke a rule", async () => {
      assert.deepEqual(await scenario.brokenAtTheEnd(), []);
    });
  });
}
