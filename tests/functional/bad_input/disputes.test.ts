// PRODUCT section 5, "No-show" and "Disputes": reports, contests, answers and decisions that are refused.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { book, type Booking, type Driver, newDriver, type NewBooking, publishTrip, readBooking } from "../harness/journeys.ts";
import { type Person, signIn } from "../harness/people.ts";
import { eventually } from "../harness/waiting.ts";
import { startWorld } from "../harness/world.ts";
import { refuse } from "./refusals.ts";
import { invalid, missing, nobody, row } from "./row.ts";

const world = await startWorld();
const { api, database } = world;
const admin = await signIn(api);
await database.query("update users set role = 'admin' where id = $1", admin.id);
const moderator = await signIn(api);
await database.query("update users set role = 'moderator' where id = $1", moderator.id);
const stranger = await signIn(api);

interface Scene {
  booking: Booking;
  driver: Driver;
  passenger: Person;
}

async function post(who: Person, path: string, body?: object): Promise<void> {
  const answer = await who.send("POST", path, { body });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.brief}`);
}

async function scene(wanted: Partial<NewBooking> = {}): Promise<Scene> {
  const driver = await newDriver(api);
  const passenger = await signIn(api);
  return { booking: await book(passenger, await publishTrip(driver), wanted), driver, passenger };
}

/** In progress; the pickup was so many minutes ago. */
async function leaving(minutes: number): Promise<Scene> {
  const made = await scene();
  await post(made.driver, `/trips/${made.booking.trip_id}/start`);
  await database.query("update bookings set pickup_at = now() - make_interval(mins => $2) where id = $1", made.booking.id, minutes);
  return made;
}
async function missed(): Promise<Scene> {
  const made = await leaving(16);
  await post(made.driver, `/bookings/${made.booking.id}/no-show`);
  return made;
}
async function ridden(wanted: Partial<NewBooking> = {}): Promise<Scene> {
  const made = await scene(wanted);
  await post(made.driver, `/trips/${made.booking.trip_id}/complete`);
  await eventually("it is settled", async () => (await readBooking(made.passenger, made.booking)).status === "settled");
  return made;
}
const words = { reason: "no_show", text: "I was there" };
async function disputed(wanted: Partial<NewBooking> = {}): Promise<Scene & { dispute: string }> {
  const made = await ridden(wanted);
  await post(made.passenger, `/bookings/${made.booking.id}/dispute`, words);
  return { ...made, dispute: (await readBooking(made.passenger, made.booking)).dispute?.id ?? "" };
}
const on = ({ booking }: Scene, what: string) => `POST /bookings/${booking.id}/${what}`;
const by = ({ token }: Person, body?: unknown) => ({ token, body });

const open = await scene();
const justLeft = await leaving(14);
const reported = await missed();
const over = await missed();
await database.query("update no_shows set contest_until = now(), reported_at = now() - interval '1 day' where booking_id = $1", over.booking.id);
const ride = await ridden();
const longAgo = await ridden();
await database.query("update bookings set completed_at = now() - interval '48 hours' where id = $1", longAgo.booking.id);
const undecided = await disputed();
const answered = await disputed();
await post(answered.driver, `/bookings/${answered.booking.id}/dispute/answer`, { text: "I waited" });
const cash = await disputed({ payment_method: "cash" });
const decided = await disputed();
await post(admin, `/admin/disputes/${decided.dispute}/resolve`, { refund: 0, note: "a test" });

describe("a report of a no-show", () => {
  refuse(world, [
    row("is not said by a driver who has not set off", on(open, "no-show"), by(open.driver), "409 trip_not_started"),
    row("is not said before the pickup", on(open, "no-show"), by(open.passenger), "409 too_early"),
    row("is not said by the driver before a quarter of an hour", on(justLeft, "no-show"), by(justLeft.driver), "409 too_early"),
    row("is not said by the passenger before a quarter of an hour", on(justLeft, "no-show"), by(justLeft.passenger), "409 too_early"),
    row("is not said twice", on(reported, "no-show"), by(reported.driver), "409 illegal_transition"),
    row("is not said back", on(reported, "no-show"), by(reported.passenger), "409 illegal_transition"),
  ]);

  test("leaves the money where it is, even for an admin", async () => {
    const answer = await admin.send("POST", `/payments/bookings/${reported.booking.id}/capture`);
    assert.equal(answer.brief.includes("too_early"), true, answer.brief);
    assert.equal((await readBooking(reported.passenger, reported.booking)).payment.status, "hold");
  });
});

describe("a dispute", () => {
  refuse(world, [
    row("about nothing", on(ride, "dispute"), by(ride.passenger, {}), invalid, "reason: required", "text: required"),
    row("for no known reason", on(ride, "dispute"), by(ride.passenger, { ...words, reason: "smell" }), invalid, "reason: not_allowed"),
    row("without words", on(ride, "dispute"), by(ride.passenger, { ...words, text: " " }), invalid, "text: required"),
    row("of too many words", on(ride, "dispute"), by(ride.passenger, { ...words, text: "é".repeat(2001) }), invalid, "text: too_long"),
    row("that says who pays", on(ride, "dispute"), by(ride.passenger, { ...words, refund: 1 }), invalid, "refund: unknown_field"),
    row("of a stranger", on(ride, "dispute"), by(stranger, words), missing),
    row("of an admin", on(ride, "dispute"), by(admin, words), missing),
    row("of no booking", `POST /bookings/${nobody}/dispute`, by(stranger, words), missing),
    row("of a ride to come", on(open, "dispute"), by(open.passenger, words), "409 illegal_transition"),
    row("of a ride of the day before yesterday", on(longAgo, "dispute"), by(longAgo.passenger, words), "409 dispute_closed"),
    row("of a no-show, by the side that reported it", on(reported, "dispute"), by(reported.driver, words), "403 forbidden"),
    row("of a no-show of yesterday", on(over, "dispute"), by(over.passenger, words), "409 dispute_closed"),
    row("a second time", on(undecided, "dispute"), by(undecided.passenger, words), "409 already_disputed"),
    row("a second time, by the other", on(undecided, "dispute"), by(undecided.driver, words), "409 already_disputed"),
    row("of what was decided", on(decided, "dispute"), by(decided.driver, words), "409 already_disputed"),
  ]);
});

describe("an answer", () => {
  const text = { text: "I waited" };
  refuse(world, [
    row("without words", on(undecided, "dispute/answer"), by(undecided.driver, { text: "" }), invalid, "text: required"),
    row("of too many words", on(undecided, "dispute/answer"), by(undecided.driver, { text: "a".repeat(2001) }), invalid, "text: too_long"),
    row("to oneself", on(undecided, "dispute/answer"), by(undecided.passenger, text), "403 forbidden"),
    row("of a stranger", on(undecided, "dispute/answer"), by(stranger, text), missing),
    row("to no dispute", on(ride, "dispute/answer"), by(ride.driver, text), missing),
    row("a second time", on(answered, "dispute/answer"), by(answered.driver, text), "409 already_exists"),
    row("to a decision", on(decided, "dispute/answer"), by(decided.driver, text), "409 illegal_transition"),
  ]);
});

describe("a decision", () => {
  const of = (dispute: string) => `POST /admin/disputes/${dispute}/resolve`;
  const why = { refund: 0, note: "a test" };
  refuse(world, [
    row("about nothing", of(undecided.dispute), by(admin, {}), invalid, "refund: required", "note: required"),
    row("without a reason", of(undecided.dispute), by(admin, { ...why, note: "" }), invalid, "note: required"),
    row("to take more", of(undecided.dispute), by(admin, { ...why, refund: -1 }), invalid, "refund: out_of_range"),
    row("of half a dinar", of(undecided.dispute), by(admin, { ...why, refund: 0.5 }), invalid, "refund: not_an_integer"),
    row("of more than was paid", of(undecided.dispute), by(admin, { ...why, refund: 1576 }), invalid, "refund: out_of_range"),
    row("of cash", of(cash.dispute), by(admin, { ...why, refund: 1 }), invalid, "refund: out_of_range"),
    row("of a moderator", of(undecided.dispute), by(moderator, why), "403 forbidden"),
    row("of the driver", of(undecided.dispute), by(undecided.driver, why), "403 forbidden"),
    row("a second time", of(decided.dispute), by(admin, why), "409 illegal_transition"),
    row("of no dispute", of(nobody), by(admin, why), missing),
    row("beside it", `POST /payments/bookings/${undecided.booking.id}/capture`, by(admin), "409 dispute_open"),
    row("before it", `POST /payments/bookings/${undecided.booking.id}/refund`, by(admin, { reason: "a test" }), "409 dispute_open"),
  ]);
});

describe("lists of disputes", () => {
  refuse(world, [
    row("in no known state", "GET /admin/disputes?status=lost", by(admin), invalid, "status: not_allowed"),
    row("of none", "GET /admin/disputes?limit=0", by(admin), invalid, "limit: out_of_range"),
    row("with an invalid cursor", "GET /admin/disputes?cursor=x", by(admin), "400 malformed_request", "cursor: bad_format"),
    row("for everybody", "GET /admin/disputes", by(stranger), "403 forbidden"),
    row("of an unknown one", `GET /admin/disputes/${nobody}`, by(moderator), missing),
  ]);

  test("show both sides, and who decided", async () => {
    const { items } = (await moderator.send("GET", "/admin/disputes?status=resolved")).json<{ items: { id: string }[] }>();
    assert.deepEqual(items.map(({ id }) => id), [decided.dispute]);
    const file = (await moderator.send("GET", `/admin/disputes/${answered.dispute}`)).json<{ text: string; answer: string }>();
    assert.deepEqual([file.text, file.answer], ["I was there", "I waited"]);
  });
});
