// PRODUCT section 5: bookings that are refused, and actions that a booking refuses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  book,
  type Booking,
  bookingOf,
  type Driver,
  newDriver,
  type NewBooking,
  type NewTrip,
  good,
  hoursAhead,
  publishTrip,
  readBooking,
} from "../harness/journeys.ts";
import { languages } from "../harness/languages.ts";
import { type Person, signIn } from "../harness/people.ts";
import { startApi, startWorld } from "../harness/world.ts";
import { assertRefusal, refuse } from "./refusals.ts";
import { invalid, missing, nobody, row } from "./row.ts";

const world = await startWorld();
const { api, database } = world;
const strict = { api: await startApi(database, { TRIP_START_WINDOW: "2h" }), database };
const driver = await newDriver(api);
const passenger = await signIn(api);
const { token } = passenger;

interface Scene {
  booking: Booking;
  driver: Driver;
  passenger: Person;
}

/** A booking between two new people. */
async function scene(trip: Partial<NewTrip> = {}, wanted: Partial<NewBooking> = {}): Promise<Scene> {
  const at = await newDriver(api);
  const by = await signIn(api);
  const booking = await book(by, await publishTrip(at, trip), wanted);
  return { booking, driver: at, passenger: by };
}

async function acted(made: Scene, who: "driver" | "passenger", verb: string, body?: object): Promise<Scene> {
  const answer = await made[who].send("POST", `/bookings/${made.booking.id}/${verb}`, { body });
  if (answer.status !== 200) throw new Error(`${verb}: ${answer.brief}`);
  return made;
}
const board = (made: Scene) => acted(made, "driver", "board", { token: made.booking.boarding?.token });

/** As if the hours of the ride had passed. */
async function missed(): Promise<Scene> {
  const made = await scene();
  await good(made.driver.client.POST("/trips/{id}/start", { params: { path: { id: made.booking.trip_id } } }));
  await database.query("update bookings set pickup_at = now() - interval '16 minutes' where id = $1", made.booking.id);
  return acted(made, "driver", "no-show");
}
async function expired(): Promise<Scene> {
  const made = await scene({ booking_mode: "approval" });
  await database.query("update bookings set expires_at = now() - interval '1 second' where id = $1", made.booking.id);
  const answer = await made.driver.send("POST", `/bookings/${made.booking.id}/accept`);
  assertRefusal(answer, { status: 409, code: "illegal_transition", fields: [] }, "fr");
  assert.equal((await readBooking(made.passenger, made.booking)).status, "expired", "the deadline counts, sweeper or not");
  return made;
}
async function unpaid(): Promise<Scene> {
  await api.send("POST", "/dev/sandbox/faults", { body: { operation: "hold", outcome: "declined", remaining: 1 } });
  const made = await scene();
  assert.equal(made.booking.status, "awaiting_payment");
  return made;
}

const awaitingPayment = await unpaid(); // alone, since the next payment is declined
const making: Record<string, Promise<Scene>> = {
  requested: scene({ booking_mode: "approval" }),
  confirmed: scene(),
  boarded: scene().then(board),
  settled: scene({}, { payment_method: "cash" }).then(board).then((made) => acted(made, "driver", "complete")),
  declined: scene({ booking_mode: "approval" }).then((made) => acted(made, "driver", "decline")),
  cancelled_by_passenger: scene().then((made) => acted(made, "passenger", "cancel")),
  cancelled_by_driver: scene().then((made) => acted(made, "driver", "cancel")),
  no_show_passenger: missed(),
  expired: expired(),
};
const made = await Promise.all(Object.entries(making).map(async ([state, coming]) => [state, await coming] as const));
const states: Record<string, Scene> = { ...Object.fromEntries(made), awaiting_payment: awaitingPayment };


const waiting = await scene();
await database.query("update bookings set pickup_at = now() - interval '1 minute' where id = $1", waiting.booking.id);
/** As an older version left it. */
const aboardTooSoon = await scene().then(board);
await database.query("update trips set status = 'open' where id = $1", aboardTooSoon.booking.trip_id);

const trip = await publishTrip(driver);
const draft = await publishTrip(driver, { departure_at: hoursAhead(60), publish: false });
const cancelled = await publishTrip(driver, { departure_at: hoursAhead(90) });
await driver.send("POST", `/trips/${cancelled.id}/cancel`);
const leaving = await publishTrip(driver, { departure_at: hoursAhead(120) });
await driver.send("POST", `/trips/${leaving.id}/start`);
const arrived = await publishTrip(driver, { departure_at: hoursAhead(150) });
await driver.send("POST", `/trips/${arrived.id}/complete`);
const firstLegFull = await publishTrip(await newDriver(api), { departure_at: hoursAhead(200) });
await book(await signIn(api), firstLegFull, { to_stop: 1, seats: 3 });
const woman = await newDriver(api);
await database.query("update users set gender = 'female', gender_confirmed_at = now() where id = $1", woman.id);
const womenOnly = await publishTrip(woman, { preferences: { women_only: true } });

/** The plan moved into the past: this trip was not started, though it is due. */
const overdue = await publishTrip(await newDriver(api));
await database.query(
  `update trips set date_time = date_time - interval '36 hours', arrival_at = arrival_at - interval '36 hours',
     stop_times = (select array_agg(at - interval '36 hours' order by at) from unnest(stop_times) at) where id = $1`,
  overdue.id,
);
const busy = states["confirmed"] as Scene;
const sameHours = await publishTrip(await newDriver(api));

function wanting(change: object): { token: string; body: object } {
  return { token, body: { ...bookingOf(trip), ...change } };
}

describe("a booking", () => {
  const route = "POST /bookings";
  const required = ["trip_id", "from_stop", "to_stop", "seats", "payment_method"].map((field) => `${field}: required`);
  refuse(world, [
    row("of nothing", route, { token, body: {} }, invalid, ...required),
    row("of no trip", route, wanting({ trip_id: nobody }), missing),
    row("of a trip that is no id", route, wanting({ trip_id: "42" }), invalid, "trip_id: bad_format"),
    row("of a draft", route, wanting({ trip_id: draft.id }), missing),
    row("of a trip for women only", route, wanting({ trip_id: womenOnly.id }), missing),
    row("of a cancelled trip", route, wanting({ trip_id: cancelled.id }), "409 trip_not_open"),
    row("of a trip on its way", route, wanting({ trip_id: leaving.id }), "409 trip_departed"),
    row("of a trip that arrived", route, wanting({ trip_id: arrived.id }), "409 trip_departed"),
    row("of a trip whose hour has passed", route, wanting({ trip_id: overdue.id }), "409 trip_departed"),
    row("of one's own trip", route, { ...wanting({}), token: driver.token }, "409 own_trip"),
    row("of one's own draft", route, { ...wanting({ trip_id: draft.id }), token: driver.token }, "409 own_trip"),
    row("from a stop to itself", route, wanting({ from_stop: 1, to_stop: 1 }), invalid, "to_stop: out_of_order"),
    row("backwards", route, wanting({ from_stop: 2, to_stop: 0 }), invalid, "to_stop: out_of_order"),
    row("beyond the last stop", route, wanting({ to_stop: 3 }), invalid, "to_stop: out_of_range"),
    row("from before the first stop", route, wanting({ from_stop: -1 }), invalid, "from_stop: out_of_range"),
    row("to an eleventh stop", route, wanting({ to_stop: 10 }), invalid, "to_stop: out_of_range"),
    row("of no seat", route, wanting({ seats: 0 }), invalid, "seats: out_of_range"),
    row("of nine seats", route, wanting({ seats: 9 }), invalid, "seats: out_of_range"),
    row("of more seats than there are", route, wanting({ seats: 4 }), "409 trip_full", "seats: out_of_range"),
    row("of a way whose first leg is full", route, wanting({ trip_id: firstLegFull.id }), "409 trip_full"),
    row("with too long a message", route, wanting({ message: "é".repeat(301) }), invalid, "message: too_long"),
    row("that names its own price", route, wanting({ price: 1 }), invalid, "price: unknown_field"),
    row("a second time", route, { token: busy.passenger.token, body: bookingOf({ id: busy.booking.trip_id }) }, "409 already_booked"),
    row("at the hours of another", route, { token: busy.passenger.token, body: bookingOf(sameHours) }, "409 overlapping_booking"),
    row("while one drives", route, { token: driver.token, body: bookingOf(sameHours) }, "409 overlapping_trip"),
    row("sent anonymously", route, { body: bookingOf(trip) }, "401 unauthenticated"),
  ]);

  test("of the free leg is accepted, and of the whole way refused", async () => {
    const booking = await book(await signIn(api), firstLegFull, { from_stop: 1, to_stop: 2, seats: 3 });
    assert.equal(booking.status, "confirmed");
  });
});

describe("lists of bookings", () => {
  refuse(world, [
    row("in an unknown role", "GET /bookings?role=admin", { token }, invalid, "role: not_allowed"),
    row("in no known state", "GET /bookings?status=lost", { token }, invalid, "status: not_allowed"),
    row("in a known and an unknown state", "GET /bookings?status=confirmed,lost", { token }, invalid, "status: not_allowed"),
    row("at another time", "GET /bookings?when=soon", { token }, invalid, "when: not_allowed"),
    row("in another order", "GET /bookings?sort=price", { token }, invalid, "sort: not_allowed"),
    row("of no day", "GET /bookings?from_date=2026-02-30", { token }, invalid, "from_date: bad_format"),
    row("of days that end before they begin", "GET /bookings?from_date=2026-12-02&to_date=2026-12-01", { token }, invalid, "to_date: out_of_order"),
    row("of a trip that is no id", "GET /bookings?trip_id=42", { token }, invalid, "trip_id: bad_format"),
    row("that one drives, in no known state", "GET /users/me/trips?status=open,full", { token }, invalid, "status: not_allowed"),
    row("that one drives, of days that end before they begin", "GET /users/me/trips?from_date=2026-12-02&to_date=2026-12-01", { token }, invalid, "to_date: out_of_order"),
    row("of a trip, in no known state", `GET /trips/${trip.id}/bookings?status=lost`, { token: driver.token }, invalid, "status: not_allowed"),
  ]);
});

describe("an action", () => {
  // PRODUCT section 5's table, for those who may act at all.
  const legal: [who: "driver" | "passenger", verb: string, from: string[]][] = [
    ["driver", "accept", ["requested"]],
    ["driver", "decline", ["requested"]],
    ["driver", "cancel", ["awaiting_payment", "confirmed"]],
    ["passenger", "cancel", ["requested", "awaiting_payment", "confirmed"]],
    ["driver", "board", ["confirmed", "no_show_passenger"]],
    ["driver", "no-show", ["confirmed"]], // and still too early: see disputes.test.ts
    ["passenger", "no-show", ["confirmed"]],
    ["driver", "complete", ["boarded"]],
  ];
  const particular: Record<string, string> = { "complete confirmed": "409 not_boarded" };
  const illegal = legal.flatMap(([who, verb, from]) => {
    return Object.entries(states).filter(([state]) => !from.includes(state)).map(([state, made]) => {
      const body = verb === "board" ? { token: made.booking.boarding?.token ?? "lost" } : undefined;
      return row(`of the ${who} when it is ${state}`, `POST /bookings/${made.booking.id}/${verb}`, { token: made[who].token, body }, particular[`${verb} ${state}`] ?? "409 illegal_transition");
    });
  });
  const { booking, passenger: own } = busy;
  const driversOnly = ["accept", "decline", "board", "complete"];
  const verbs = [...driversOnly, "no-show", "cancel"];
  const proof = { token: "a.b" };
  refuse(world, [
    ...illegal,
    row("of the passenger when the pickup has passed", `POST /bookings/${waiting.booking.id}/cancel`, { token: waiting.passenger.token }, "409 pickup_passed"),
    row("of the driver when the trip is still open", `POST /bookings/${aboardTooSoon.booking.id}/complete`, { token: aboardTooSoon.driver.token }, "409 trip_not_started"),
    ...driversOnly.map((verb) => {
      return row("of the passenger", `POST /bookings/${booking.id}/${verb}`, { token: own.token, body: verb === "board" ? proof : undefined }, "403 forbidden");
    }),
    ...verbs.map((verb) => row("of a stranger", `POST /bookings/${booking.id}/${verb}`, { token, body: verb === "board" ? proof : undefined }, missing)),
    ...verbs.map((verb) => row("of another driver", `POST /bookings/${booking.id}/${verb}`, { token: driver.token, body: verb === "board" ? proof : undefined }, missing)),
  ]);
});

describe("seats given back", () => {
  const { booking, passenger: own, driver: at } = busy;
  const route = `PATCH /bookings/${booking.id}`;
  const by = (body: unknown) => ({ token: own.token, body });
  const closed = Object.entries(states).filter(([state]) => state !== "requested" && state !== "confirmed");
  refuse(world, [
    row("of nothing", route, by({}), invalid, "seats: required"),
    row("down to none", route, by({ seats: 0 }), invalid, "seats: out_of_range"),
    row("up to more", route, by({ seats: 2 }), invalid, "seats: out_of_range"),
    row("with another wish", route, by({ seats: 1, to_stop: 1 }), invalid, "to_stop: unknown_field"),
    row("by the driver", route, { token: at.token, body: { seats: 1 } }, "403 forbidden"),
    row("by another person", route, { token, body: { seats: 1 } }, missing),
    row("anonymously", route, { body: { seats: 1 } }, "401 unauthenticated"),
    ...closed.map(([state, made]) => {
      return row(`of a booking that is ${state}`, `PATCH /bookings/${made.booking.id}`, { token: made.passenger.token, body: { seats: 1 } }, "409 illegal_transition", "status: not_allowed");
    }),
  ]);
});

describe("boarding", () => {
  const { booking, driver: at } = busy;
  const other = (states["requested"] as Scene).booking;
  const theirs = (states["boarded"] as Scene).booking.boarding?.token ?? "";
  const [payload = "", signature = ""] = (booking.boarding?.token ?? "").split(".");
  const changed = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const more = Buffer.from(JSON.stringify({ ...changed, seats: 3 })).toString("base64url");
  const refused = "422 boarding_code_invalid";
  const by = (body: object) => ({ token: at.token, body });
  const route = `POST /bookings/${booking.id}/board`;
  refuse(world, [
    row("without a code", route, by({}), invalid, "pin: required"),
    row("with two codes", route, by({ pin: "0000", token: "a.b" }), invalid, "token: too_many"),
    row("with three digits", route, by({ pin: "482" }), invalid, "pin: too_short"),
    row("with five digits", route, by({ pin: "48213" }), invalid, "pin: too_long"),
    row("with a letter", route, by({ pin: "48a1" }), invalid, "pin: bad_format"),
    row("with a number", route, by({ pin: 4821 }), invalid, "pin: wrong_type"),
    row("with too long a token", route, by({ token: "a".repeat(501) }), invalid, "token: too_long"),
    row("with a token that is none", route, by({ token: "nonsense" }), refused),
    row("with another's token", route, by({ token: theirs }), refused),
    row("with a token without its signature", route, by({ token: `${payload}.` }), refused),
    row("with an altered signature", route, by({ token: `${payload}.${signature.slice(0, -4)}AAAA` }), refused),
    row("with more seats than were signed", route, by({ token: `${more}.${signature}` }), refused),
    row("of a booking that is not confirmed", `POST /bookings/${other.id}/board`, { token: (states["requested"] as Scene).driver.token, body: { pin: "0000" } }, "409 illegal_transition"),
  ]);

  refuse(strict, [
    row("days before the trip, with a PIN", route, by({ pin: booking.boarding?.pin }), "409 too_early"),
    row("days before the trip, with another PIN", route, by({ pin: booking.boarding?.pin === "0000" ? "0001" : "0000" }), "409 too_early"),
    row("days before the trip, with a token", route, by({ token: booking.boarding?.token }), "409 too_early"),
  ]);

  test("by PIN ends after five wrong ones, and works by token, once", async () => {
    const made = await scene();
    const pin = made.booking.boarding?.pin ?? "";
    const wrong = pin === "0000" ? "1111" : "0000";
    const tryBoarding = (body: object, language = "fr") => {
      return made.driver.send("POST", `/bookings/${made.booking.id}/board`, { body, headers: { "accept-language": language } });
    };
    for (const language of [...languages, "fr", "en"] as const) {
      assertRefusal(await tryBoarding({ pin: wrong }, language), { status: 422, code: "boarding_code_invalid", fields: [] }, language);
    }
    for (const language of languages) {
      assertRefusal(await tryBoarding({ pin }, language), { status: 409, code: "boarding_locked", fields: [] }, language);
    }
    assert.equal((await readBooking(made.passenger, made.booking)).status, "confirmed");
    const code = { token: made.booking.boarding?.token };
    assert.equal((await tryBoarding(code)).status, 200);
    assertRefusal(await tryBoarding(code), { status: 409, code: "illegal_transition", fields: [] }, "fr");
  });
});
