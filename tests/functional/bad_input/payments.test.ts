// PRODUCT section 6: refused ways to pay, and refused payment actions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { book, type Booking, bookingOf, type Driver, newDriver, type NewBooking, publishTrip, readBooking } from "../harness/journeys.ts";
import { languages } from "../harness/languages.ts";
import { type Person, signIn } from "../harness/people.ts";
import { eventually } from "../harness/waiting.ts";
import { startWorld } from "../harness/world.ts";
import { assertRefusal, refuse } from "./refusals.ts";
import { invalid, malformed, missing, nobody, row } from "./row.ts";

const world = await startWorld();
const { api, database } = world;
const production = await startWorld({ environment: { SAFARGO_ENV: "production" } });
const admin = await signIn(api);
await database.query("update users set role = 'admin' where id = $1", admin.id);
const moderator = await signIn(api);
await database.query("update users set role = 'moderator' where id = $1", moderator.id);
const stranger = await signIn(api);

interface Paid {
  booking: Booking;
  driver: Driver;
  passenger: Person;
}

async function paid(wanted: Partial<NewBooking> = {}): Promise<Paid> {
  const driver = await newDriver(api);
  const passenger = await signIn(api);
  return { booking: await book(passenger, await publishTrip(driver), wanted), driver, passenger };
}

/** Travelled and settled: the money is with its owners. */
async function settled(wanted: Partial<NewBooking> = {}): Promise<Paid> {
  const ride = await paid(wanted);
  const answer = await ride.driver.send("POST", `/trips/${ride.booking.trip_id}/complete`);
  if (answer.status !== 200) throw new Error(answer.brief);
  await eventually("it is settled", async () => (await readBooking(ride.passenger, ride.booking)).status === "settled");
  return ride;
}

function pay(who: Person, { booking }: Paid, verb: string, body?: object, language = "fr") {
  return who.send("POST", `/payments/bookings/${booking.id}/${verb}`, { body, headers: { "accept-language": language } });
}

function fail(operation: string, outcome: string) {
  return api.send("POST", "/dev/sandbox/faults", { body: { operation, outcome, remaining: 1 } });
}

async function declined(): Promise<Paid> {
  await fail("hold", "declined");
  return paid();
}

const held = await paid();
const cash = await paid({ payment_method: "cash" });
const captured = await settled();
const paidInCash = await settled({ payment_method: "cash" });
const refunded = await settled();
assert.equal((await pay(admin, refunded, "refund", { reason: "a test" })).status, 200);
const partly = await settled();
assert.equal((await pay(admin, partly, "refund", { amount: 1000, reason: "a test" })).status, 200);
const failed = await declined();
const trip = await publishTrip(await newDriver(api));

describe("a method", () => {
  const by = (payment_method: unknown) => ({ token: stranger.token, body: { ...bookingOf(trip), payment_method } });
  refuse(world, [
    row("that is unknown", "POST /bookings", by("bitcoin"), invalid, "payment_method: not_allowed"),
    row("in another case", "POST /bookings", by("CASH"), invalid, "payment_method: not_allowed"),
    row("that is null", "POST /bookings", by(null), invalid, "payment_method: wrong_type"),
    ...["card", "edahabia", "cib"].map((method) => row(`whose keys are not set, ${method}`, "POST /bookings", by(method), "503 feature_unavailable")),
  ]);
});

describe("a payment", () => {
  const verbs = ["intent", "confirm"];
  const path = (ride: Paid, verb: string) => `POST /payments/bookings/${ride.booking.id}/${verb}`;
  const illegal = "409 illegal_transition";
  refuse(world, [
    ...verbs.flatMap((verb) => [
      row("of another person", path(held, verb), { token: stranger.token }, missing),
      row("of the driver's passenger", path(held, verb), { token: held.driver.token }, missing),
      row("of no booking", `POST /payments/bookings/${nobody}/${verb}`, { token: stranger.token }, missing),
      row("with a body", path(held, verb), { token: held.passenger.token, body: { amount: 1 } }, invalid, "amount: unknown_field"),
    ]),
    row("in cash", path(cash, "confirm"), { token: cash.passenger.token }, illegal, "method: not_allowed"),
    row("that was declined", path(failed, "confirm"), { token: failed.passenger.token }, illegal, "status: not_allowed"),
    row("that was refunded", path(refunded, "confirm"), { token: refunded.passenger.token }, illegal, "booking.status: not_allowed"),
  ]);

  test("that was declined is opened again and held", async () => {
    const ride = await declined();
    assert.deepEqual([ride.booking.status, ride.booking.payment.status], ["awaiting_payment", "failed"]);
    assert.equal(ride.booking.boarding, null);
    const status = async (verb: string) => (await pay(ride.passenger, ride, verb)).json<{ status: string }>().status;
    assert.equal(await status("intent"), "intent");
    assert.equal(await status("confirm"), "hold");
    assert.equal((await readBooking(ride.passenger, ride.booking)).status, "confirmed");
  });

  test("whose answer was lost is held once", async () => {
    await fail("hold", "lost_answer");
    const ride = await paid();
    await eventually("it is confirmed", async () => (await readBooking(ride.passenger, ride.booking)).status === "confirmed");
    const holds = "select count(*) from ledger_transactions where booking_id = $1 and kind = 'hold'";
    assert.equal(await database.value(holds, ride.booking.id), 1);
  });
});

describe("a capture", () => {
  const path = (ride: Paid) => `POST /payments/bookings/${ride.booking.id}/capture`;
  const { token } = admin;
  refuse(world, [
    row("before the ride", path(held), { token }, "409 illegal_transition", "booking.status: not_allowed"),
    row("of cash to come", path(cash), { token }, "409 illegal_transition", "method: not_allowed"),
    row("of cash", path(paidInCash), { token }, "409 illegal_transition", "method: not_allowed"),
    row("of what was declined", path(failed), { token }, "409 illegal_transition", "status: not_allowed"),
    row("of what was refunded", path(refunded), { token }, "409 illegal_transition", "status: not_allowed"),
    row("of no booking", `POST /payments/bookings/${nobody}/capture`, { token }, missing),
    row("by a moderator", path(captured), { token: moderator.token }, "403 forbidden"),
    row("by the driver", path(captured), { token: captured.driver.token }, "403 forbidden"),
  ]);
});

describe("a refund", () => {
  const path = (ride: Paid) => `POST /payments/bookings/${ride.booking.id}/refund`;
  const of = (body: object) => ({ token: admin.token, body: { reason: "a test", ...body } });
  const range = "amount: out_of_range";
  refuse(world, [
    row("of more than was captured", path(captured), of({ amount: 1576 }), invalid, range),
    row("of more than is left", path(partly), of({ amount: 576 }), invalid, range),
    row("of nothing", path(captured), of({ amount: 0 }), invalid, range),
    row("of less than nothing", path(captured), of({ amount: -1 }), invalid, range),
    row("of half a dinar", path(captured), of({ amount: 0.5 }), invalid, "amount: not_an_integer"),
    row("of a text", path(captured), of({ amount: "10" }), invalid, "amount: wrong_type"),
    row("without a reason", path(captured), { token: admin.token, body: { amount: 1 } }, invalid, "reason: required"),
    row("with too long a reason", path(captured), of({ reason: "a".repeat(301) }), invalid, "reason: too_long"),
    row("before the capture", path(held), of({}), "409 illegal_transition", "status: not_allowed"),
    row("of cash", path(paidInCash), of({}), "409 illegal_transition", "method: not_allowed"),
    row("of what was refunded", path(refunded), of({}), "409 illegal_transition", range),
    row("of no booking", `POST /payments/bookings/${nobody}/refund`, of({}), missing),
    row("by a moderator", path(captured), { ...of({}), token: moderator.token }, "403 forbidden"),
    row("by its passenger", path(captured), { ...of({}), token: captured.passenger.token }, "403 forbidden"),
  ]);

  test("of what is left is the last", async () => {
    const answer = await pay(admin, partly, "refund", { amount: 575, reason: "a test" });
    assert.equal(answer.json<{ refunded: number }>().refunded, 1575);
    for (const language of languages) {
      const again = await pay(admin, partly, "refund", { amount: 1, reason: "a test" }, language);
      assertRefusal(again, { status: 409, code: "illegal_transition", fields: [range] }, language);
    }
  });
});

describe("a fault of the sandbox", () => {
  const route = "POST //dev/sandbox/faults";
  const fault = { operation: "hold", outcome: "declined", remaining: 1 };
  refuse(world, [
    row("of nothing", route, { body: {} }, invalid, "operation: required", "outcome: required", "remaining: required"),
    row("of no operation", route, { body: { ...fault, operation: "steal" } }, invalid, "operation: not_allowed"),
    row("of no outcome", route, { body: { ...fault, outcome: "explosion" } }, invalid, "outcome: not_allowed"),
    row("that never comes", route, { body: { ...fault, remaining: 0 } }, invalid, "remaining: out_of_range"),
    row("that cannot be read", route, { body: "{" }, malformed, ": bad_format"),
  ]);
  refuse(production, [row("in production", route, { body: fault }, missing)]);
});
