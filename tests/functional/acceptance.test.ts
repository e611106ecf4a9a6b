// The first things that a new user tries (A, B and C), on the usual data of Algeria.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  algiersDay,
  alger,
  blida,
  book,
  type Booking,
  bookingOf,
  chlef,
  type Driver,
  good,
  morningAhead,
  type NewBooking,
  newDriver,
  oran,
  publishTrip,
  readBooking,
  type Trip,
} from "./harness/journeys.ts";
import { languages } from "./harness/languages.ts";
import { anonymous, newCode, newPhone, type Person, signIn } from "./harness/people.ts";
import { eventually } from "./harness/waiting.ts";
import { startWorld } from "./harness/world.ts";

const { api, database } = await startWorld({ seeded: true });
const visitor = anonymous(api);
const settlesWithin = 2; // seconds

interface Point {
  lat: number;
  lng: number;
}

function spelled({ lat, lng }: Point): string {
  return `${lat},${lng}`;
}

/** Distance on the sphere, in metres. */
function metres(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const lat = Math.sin(radians(b.lat - a.lat) / 2) ** 2;
  const lng = Math.sin(radians(b.lng - a.lng) / 2) ** 2;
  const h = lat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lng;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}

function assertMetres(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 2, `${actual} m instead of ${expected} m`);
}

/** 500 dinars per seat, as in the product's example. */
function publishForFiveHundred(driver: Driver, hours = 30): Promise<Trip> {
  const stops = [alger, { ...chlef, price: 210 }, { ...oran, price: 500 }];
  return publishTrip(driver, { stops, departure_at: morningAhead(hours) });
}

function search(from: Point, to: Point, more: { date?: string; radius_km?: number; place_id?: string; seats?: number } = {}) {
  return good(visitor.GET("/trips/search", { params: { query: { from: spelled(from), to: spelled(to), limit: 100, ...more } } }));
}

/** The trip as search shows it, once it is indexed. */
function found(trip: Trip, ...asked: Parameters<typeof search>) {
  return eventually("the trip is found", async () => (await search(...asked)).items.find((item) => item.trip_id === trip.id), {
    seconds: 2,
  });
}

async function isFound(trip: Trip, ...asked: Parameters<typeof search>): Promise<boolean> {
  return (await search(...asked)).items.some((item) => item.trip_id === trip.id);
}

describe("signing in", () => {
  test("with the code of the development outbox opens an account, once", async () => {
    const identifier = newPhone();
    const code = await newCode(api, identifier);
    const typed = identifier.replace("+213", "0");
    const first = await good(visitor.POST("/auth/otp/verify", { body: { identifier: typed, code, name: "Amina Kaci" } }));
    assert.equal(first.is_new, true);
    const again = await signIn(api, { identifier });
    assert.equal(again.id, first.user.id);
    const me = await good(again.client.GET("/users/me"));
    assert.deepEqual([me.phone, me.name], [identifier, "Amina Kaci"]);
  });
});

describe("A. a published trip", async () => {
  const driver = await newDriver(api);
  const trip = await publishForFiveHundred(driver);
  const date = algiersDay(trip.departure_at);

  test("is open, with three seats at 500 dinars", () => {
    assert.equal(trip.status, "open");
    assert.deepEqual([trip.seats, trip.seats_left, trip.price, trip.currency], [3, 3, 500, "DZD"]);
    const expected = [
      [0, 1, 210, 3],
      [1, 2, 290, 3],
    ];
    assert.deepEqual(trip.legs.map((leg) => [leg.from, leg.to, leg.price, leg.seats_left]), expected);
    assert.ok(trip.distance_m > 380_000 && trip.distance_m < 480_000, `Alger to Oran by road: ${trip.distance_m} m`);
    assert.ok(trip.duration_s > 3 * 3600 && trip.duration_s < 8 * 3600, `Alger to Oran by road: ${trip.duration_s} s`);
  });

  test("is found from Blida, whose nearest stop is Alger", async () => {
    const item = await found(trip, blida, oran, { date, radius_km: 50 });
    assert.deepEqual([item.match, item.from.stop, item.to.stop], ["stops", 0, 2]);
    assert.deepEqual([item.from.label, item.to.label], ["Alger", "Oran"]);
    assert.deepEqual([item.price, item.seats_left], [500, 3]);
    assertMetres(item.from.distance_m, metres(blida, alger));
    assertMetres(item.to.distance_m, 0);
    assert.equal(item.from.at, trip.departure_at);
    assert.equal(item.driver.id, driver.id);
    assert.equal(await isFound(trip, blida, oran, { date }), false, "Blida is further than the usual 20 km");
  });

  test("is found from Chlef to Oran, at the price of that part", async () => {
    const item = await found(trip, chlef, oran, { date });
    assert.deepEqual([item.from.stop, item.to.stop, item.price], [1, 2, 290]);
    assertMetres(item.from.distance_m, 0);
    assert.equal(item.from.at, trip.stops[1]?.at);
  });

  test("is not found the other way round, on another day, or for more people", async () => {
    await found(trip, alger, oran, { date });
    assert.equal(await isFound(trip, oran, alger, { date }), false);
    assert.equal(await isFound(trip, alger, oran, { date: algiersDay(morningAhead(30 + 48)) }), false);
    assert.equal(await isFound(trip, alger, oran, { date, seats: 4 }), false);
  });
});

interface Ride {
  what: string;
  wanted: Partial<NewBooking>;
  price: number;
  fee: number;
}

const rides: Ride[] = [
  { what: "one seat, paid online", wanted: {}, price: 500, fee: 25 },
  { what: "one seat of a part whose fee ends in half a dinar", wanted: { from_stop: 1 }, price: 290, fee: 15 },
  { what: "three seats of a part, paid online", wanted: { to_stop: 1, seats: 3 }, price: 630, fee: 32 },
  { what: "one seat, paid in cash", wanted: { payment_method: "cash" }, price: 500, fee: 0 },
];

/** A booking's ledger sums, by account. */
async function accounts(booking: Booking): Promise<Record<string, number>> {
  const sums = await database.query<{ account: string; sum: number }>(
    `select e.account, sum(e.amount)::bigint as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
     where t.booking_id = $1 group by e.account`,
    booking.id,
  );
  return Object.fromEntries(sums.map(({ account, sum }) => [account, sum]));
}

async function assertBoardingIsThePassengers(booking: Booking, passenger: Person, driver: Driver): Promise<void> {
  assert.match(booking.boarding?.pin ?? "", /^\d{4}$/);
  assert.ok(booking.boarding?.token);
  assert.deepEqual((await readBooking(passenger, booking)).boarding, booking.boarding);
  assert.equal((await readBooking(driver, booking)).boarding, null);
  const mine = await good(driver.client.GET("/bookings", { params: { query: { role: "driver" } } }));
  const coming = await good(driver.client.GET("/trips/{id}/bookings", { params: { path: { id: booking.trip_id } } }));
  for (const { items } of [mine, coming]) {
    assert.deepEqual(items.map((item) => [item.id, item.boarding]), [[booking.id, null]]);
  }
}

async function boardByPin(booking: Booking, driver: Driver): Promise<void> {
  const pin = booking.boarding?.pin ?? "";
  const board = (tried: string) => {
    return driver.client.POST("/bookings/{id}/board", { params: { path: { id: booking.id } }, body: { pin: tried } });
  };
  const wrong = await board(String((Number(pin) + 1) % 10_000).padStart(4, "0"));
  assert.equal(wrong.response.status, 422);
  assert.equal(wrong.error?.code, "boarding_code_invalid");
  assert.equal((await readBooking(driver, booking)).status, "confirmed");
  assert.equal((await good(board(pin))).status, "boarded");
}

describe("A. a ride", () => {
  for (const { what, wanted, price, fee } of rides) {
    test(what, async () => {
      const online = wanted.payment_method !== "cash";
      const driver = await newDriver(api);
      const passenger = await signIn(api, { name: "Lina Haddad" });
      const trip = await publishForFiveHundred(driver);
      const path = { params: { path: { id: trip.id } } };

      const { data: booking, error, response } = await passenger.client.POST("/bookings", { body: bookingOf(trip, wanted) });
      assert.ok(booking, JSON.stringify(error));
      assert.equal(response.status, 201);
      assert.equal(booking.status, "confirmed");
      assert.deepEqual([booking.price, booking.service_fee, booking.total], [price, fee, price + fee]);
      const { method, status, amount, captured, refunded } = booking.payment;
      const opened = [online ? "sandbox" : "cash", online ? "hold" : "intent", price + fee, 0, 0];
      assert.deepEqual([method, status, amount, captured, refunded], opened);
      assert.equal(booking.expires_at, null);
      await assertBoardingIsThePassengers(booking, passenger, driver);
      const sold = await good(visitor.GET("/trips/{id}", path));
      assert.deepEqual(sold.legs.map((leg) => leg.seats_left), [0, 1].map((leg) => {
        return booking.from_stop <= leg && leg < booking.to_stop ? 3 - booking.seats : 3;
      }));

      assert.equal((await good(driver.client.POST("/trips/{id}/start", path))).status, "in_progress");
      await boardByPin(booking, driver);
      assert.equal((await good(driver.client.POST("/trips/{id}/complete", path))).status, "completed");

      const settled = await eventually("the ride is settled", async () => {
        const now = await readBooking(passenger, booking);
        return now.status === "settled" && now;
      }, { seconds: settlesWithin });
      assert.deepEqual([settled.payment.status, settled.payment.captured], ["captured", price + fee]);
      assert.equal(settled.boarding, null, "boarding is over");
      const books = { escrow: 0, driver_payable: -price, platform_revenue: -fee, provider_clearing: price + fee };
      assert.deepEqual(await accounts(booking), online ? books : { cash: price, payouts: -price });
    });
  }

  test("leaves books in which every transaction sums to zero", async () => {
    const sums = await database.query("select transaction_id from ledger_entries group by 1 having sum(amount) <> 0");
    assert.deepEqual(sums, []);
    const kinds = await database.query<{ kind: string; count: number }>(
      "select kind, count(*) from ledger_transactions group by 1 order by 1",
    );
    assert.deepEqual(kinds.map(({ kind, count }) => [kind, count]), [["capture", 3], ["cash", 1], ["hold", 3]]);
  });
});

describe("B. trips near a point", async () => {
  const driver = await newDriver(api);
  const trip = await publishForFiveHundred(driver, 54);
  const day = algiersDay(trip.departure_at);

  async function near(query: string): Promise<boolean> {
    const answer = await api.send("GET", `/api/v1/trips?${query}`);
    assert.equal(answer.status, 200, answer.brief);
    const { trips } = answer.json<{ trips: { trip_id: string }[] }>();
    return trips.some((item) => item.trip_id === trip.id);
  }

  test("leave from there, that day, with a seat", async () => {
    const query = (more: string) => `near=36.7372,3.0869&radiusKm=50&${more}`;
    await eventually("it is there", () => near(query(`date=${day}&seats=1`)), { seconds: 2 });
    assert.equal(await near(query(`date=${day}&seats=4`)), false);
    assert.equal(await near(query(`date=${algiersDay(morningAhead(54 + 48))}&seats=1`)), false);
    assert.equal(await near(`near=${spelled(oran)}&radiusKm=50&date=${day}&seats=1`), false, "it only arrives there");
    await book(await signIn(api), trip, { seats: 3 });
    await eventually("it is full", async () => !(await near(query(`date=${day}&seats=1`))), { seconds: 2 });
  });
});

describe("C. a beach of Alger", async () => {
  const { items } = await good(visitor.GET("/places", { params: { query: { type: "beach", wilaya: 16 } } }));
  const beach = items[0];
  assert.ok(beach, "there is one");

  for (const language of languages) {
    test(`is listed and shown in ${language}`, async () => {
      const headers = { "accept-language": language };
      const list = await good(visitor.GET("/places", { params: { query: { type: "beach", wilaya: 16 } }, headers }));
      for (const place of list.items) {
        assert.deepEqual([place.type, place.wilaya.code, place.name], ["beach", 16, place.names[language]]);
        assert.equal(/\p{Script=Arabic}/u.test(place.name), language === "ar", place.name);
      }
      const shown = await good(visitor.GET("/places/{slug}", { params: { path: { slug: beach.slug } }, headers }));
      assert.deepEqual([shown.id, shown.name], [beach.id, beach.names[language]]);
      assert.equal(/\p{Script=Arabic}/u.test(shown.description), language === "ar", shown.description);
    });
  }

  test("is the destination of a trip, and found as such", async () => {
    const driver = await newDriver(api);
    const { lat, lng, id, name } = beach;
    const trip = await publishTrip(driver, { stops: [chlef, { lat, lng, label: name, price: 600 }], place_id: id });
    assert.equal(trip.place_id, id);
    const date = algiersDay(trip.departure_at);
    const item = await found(trip, chlef, beach, { date, place_id: id });
    assert.deepEqual([item.to.label, item.price], [name, 600]);
    assertMetres(item.to.distance_m, 0);
    assert.ok(await isFound(trip, chlef, beach, { date }), "with or without the filter");
    const elsewhere = items[1];
    assert.ok(elsewhere);
    assert.equal(await isFound(trip, chlef, beach, { date, place_id: elsewhere.id }), false);
  });
});
