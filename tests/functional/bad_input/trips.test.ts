// PRODUCT section 3: refused trips, and refused changes to a trip.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  alger,
  becomeDriver,
  blida,
  book,
  chlef,
  type Driver,
  good,
  hoursAhead,
  newDriver,
  newVehicle,
  type NewTrip,
  oran,
  publishTrip,
  type Trip,
  tripOf,
} from "../harness/journeys.ts";
import { anonymous, signIn } from "../harness/people.ts";
import { startApi, startWorld } from "../harness/world.ts";
import { refuse } from "./refusals.ts";
import { invalid, missing, nobody, row } from "./row.ts";

const world = await startWorld({ seeded: true });
const { api, database } = world;
const strict = { api: await startApi(database, { TRIP_START_WINDOW: "2h", KYC_REQUIRED: "on" }), database };
const limited = { api: await startApi(database, { PUBLICATIONS_PER_DAY: "2" }), database };
const driver = await newDriver(api);
const another = await newDriver(api);
await database.query("update users set documents_valid_until = '2026-01-31' where id = $1", another.id);
const passenger = await signIn(api);
const visitor = anonymous(api);

const days = (count: number) => hoursAhead(24 * count);
/** From tomorrow on, so early that a short trip ends on the same day in Algiers. */
function morning(day: number, hour: number): string {
  return `${days(day).slice(0, 10)}T${String(hour).padStart(2, "0")}:00:00Z`;
}
const shortWay = [alger, { ...blida, price: 150 }];
type Place = { lat: number; lng: number };

let lastDay = 10;
async function tripIn(status: "draft" | "open" | "in_progress" | "completed" | "cancelled"): Promise<Trip> {
  lastDay += 2;
  const trip = await publishTrip(driver, { departure_at: days(lastDay), publish: status !== "draft" });
  const verb = { draft: "", open: "", in_progress: "start", completed: "complete", cancelled: "cancel" }[status];
  if (verb !== "") {
    const answer = await driver.send("POST", `/trips/${trip.id}/${verb}`);
    if (answer.status !== 200) throw new Error(answer.brief);
  }
  return trip;
}

async function capOf(from: Place, to: Place): Promise<{ cap: number; metres: number }> {
  const query = { from: `${from.lat},${from.lng}`, to: `${to.lat},${to.lng}` };
  const route = await good(visitor.GET("/geo/route", { params: { query } }));
  return { cap: route.fare.cap, metres: route.distance_m };
}

/** Ten stops a short way apart: each leg's cap is rounded up, so that all legs at their caps are above the whole's. */
async function manyLegsAtTheirCaps(): Promise<NewTrip["stops"]> {
  const way = Array.from({ length: 10 }, (_, i) => ({ lat: 36.7 - i * 0.021, lng: 3.0588, label: `Arrêt ${i}` }));
  let price = 0;
  const stops: NewTrip["stops"] = [];
  for (const [i, stop] of way.entries()) {
    const before = way[i - 1];
    if (before) price += (await capOf(before, stop)).cap;
    stops.push(before ? { ...stop, price } : stop);
  }
  return stops;
}

/** The first stop that costs more than some direct road to it allows. */
async function firstAboveItsCap(stops: NewTrip["stops"]): Promise<number> {
  for (const [to, stop] of stops.entries()) {
    for (const from of stops.slice(0, to)) {
      if ((stop.price ?? 0) - (from.price ?? 0) > (await capOf(from, stop)).cap) return to;
    }
  }
  throw new Error("no price is above its cap");
}

const { cap } = await capOf(alger, oran);
const fineLegs = await manyLegsAtTheirCaps();
const dearStop = await firstAboveItsCap(fineLegs);
assert.ok(dearStop > 1, "no leg is above its own cap");
const atTheCap = await publishTrip(driver, { departure_at: days(60), stops: [alger, { ...oran, price: cap }] });
const open = await publishTrip(driver, { departure_at: days(4) });
const booked = await publishTrip(driver, { departure_at: days(6), seats: 3 });
await book(passenger, booked, { seats: 2 });
const inStatus = {
  draft: await tripIn("draft"),
  open: await tripIn("open"),
  in_progress: await tripIn("in_progress"),
  completed: await tripIn("completed"),
  cancelled: await tripIn("cancelled"),
};
const tooLate = await publishTrip(driver, { departure_at: hoursAhead(-1), publish: false });
const tooFull = await publishTrip(driver, { seats: 8, departure_at: days(40), publish: false });
const outbound = await publishTrip(another, { departure_at: days(3), publish: false });
const dailyDriver = await newDriver(api);
for (const hour of [5, 8, 11, 14]) await publishTrip(dailyDriver, { departure_at: morning(5, hour), stops: shortWay });

/** A plate that was driven that day and then changed hands. */
async function secondHand(): Promise<Driver> {
  const seller = await newDriver(api);
  const car = { ...newVehicle(), plate: "077777-119-16" };
  const { id } = (await seller.send("POST", "/vehicles", { body: car })).json<{ id: string }>();
  const trip = await publishTrip(seller, { vehicle_id: id, departure_at: morning(5, 5), stops: shortWay });
  for (const [method, path] of [["POST", `/trips/${trip.id}/complete`], ["DELETE", `/vehicles/${id}`]] as const) {
    const answer = await seller.send(method, path);
    if (answer.status >= 300) throw new Error(answer.brief);
  }
  return becomeDriver(await signIn(api), car);
}
const buyer = await secondHand();
const expiring = await signIn(api);
const soon = days(10).slice(0, 10);
await expiring.send("POST", "/drivers", { body: { licence_number: "DZSOON", licence_expires_on: soon } });
const theirCar = (await expiring.send("POST", "/vehicles", { body: newVehicle() })).json<{ id: string }>().id;

/** A passenger of `open`, and a driver at other times. */
const rider = await newDriver(api);
await book(rider, open);

const { token } = driver;
const route = "POST /trips";
/** On a day of its own, so that nothing else gets in its way. */
function offer(change: object): { token: string; body: unknown } {
  return { token, body: { ...tripOf(driver, { departure_at: days(50) }), ...change } };
}
function offerTo(...change: object[]): { token: string; body: unknown } {
  return offer({ stops: [alger, { ...chlef, price: 700 }, { ...oran, price: 1500 }].map((stop, i) => ({ ...stop, ...change[i] })) });
}

describe("stops", () => {
  const eleven = Array.from({ length: 11 }, (_, i) => ({ lat: 36 - i / 10, lng: 3, label: `Arrêt ${i}`, price: 10 * i }));
  refuse(world, [
    row("that are none", route, offer({ stops: [] }), invalid, "stops: too_few"),
    row("that are one", route, offer({ stops: [alger] }), invalid, "stops: too_few"),
    row("that are eleven", route, offer({ stops: eleven }), invalid, "stops: too_many"),
    row("beyond the pole", route, offerTo({ lat: 90.1 }), invalid, "stops[0].lat: out_of_range"),
    row("beyond the date line", route, offerTo({}, { lng: -180.1 }), invalid, "stops[1].lng: out_of_range"),
    row("with words for degrees", route, offerTo({ lat: "36.7" }), invalid, "stops[0].lat: wrong_type"),
    row("without a label", route, offerTo({ label: " " }), invalid, "stops[0].label: required"),
    row("with too long a label", route, offerTo({ label: "a".repeat(81) }), invalid, "stops[0].label: too_long"),
    row("with a label that prints nothing", route, offerTo({ label: "\u3164" }), invalid, "stops[0].label: prints_nothing"),
    row("with a phone number for a label", route, offerTo({ label: "Alger 0551 23 45 67" }), invalid, "stops[0].label: contact_details"),
    row("at one and the same place", route, offerTo({}, { lat: alger.lat, lng: alger.lng, label: "Grande Poste" }), invalid, "stops[1]: duplicate_value"),
    row("with half a commune", route, offerTo({ commune_id: "16" }), invalid, "stops[0].commune_id: too_short"),
    row("in no commune of Algeria", route, offerTo({ commune_id: "9999" }), invalid, "stops[0].commune_id: unknown_reference"),
    row("with more than a commune", route, offerTo({ commune_id: "160101" }), invalid, "stops[0].commune_id: too_long"),
    row("that begin at another time", route, offerTo({ at: days(51) }), invalid, "stops[0].at: out_of_order"),
    row("in the wrong order of time", route, offerTo({}, { at: days(49) }), invalid, "stops[1].at: out_of_order"),
    row("that take four days", route, offerTo({}, {}, { at: days(54) }), invalid, "stops[2].at: too_far_ahead"),
  ]);
});

describe("an impossible route", () => {
  const departure_at = days(50);
  const after = (seconds: number) => new Date(Date.parse(departure_at) + seconds * 1_000).toISOString();
  const to = (last: object, more: object = {}) => offer({ departure_at, stops: [{ ...alger, ...more }, { ...oran, price: 1500, ...last }] });
  const northOfAlger = { lat: 36.7838, lng: 3.0588, label: "Bologhine", price: 1500 };
  const paris = { lat: 48.8566, lng: 2.3522, label: "Paris" };
  refuse(world, [
    row("at once at the other end", route, to({ at: after(1) }), invalid, "stops[1].at: earliest"),
    row("twice as fast as the road", route, to({ at: after(2 * 3_600) }), invalid, "stops[1].at: earliest"),
    row("six times as slow", route, to({ at: after(27 * 3_600) }), invalid, "stops[1].at: latest"),
    row("from Paris", route, to({}, paris), invalid, "stops[0]: outside_service_area"),
    row("from the middle of the Atlantic", route, to({}, { lat: 0, lng: 0 }), invalid, "stops[0]: outside_service_area"),
    row("with coordinates swapped", route, to({ lat: oran.lng, lng: oran.lat }), invalid, "stops[1]: swapped_coordinates"),
    row("to an Oran in Alger", route, to({ lat: 36.6, lng: 3.2 }), invalid, "stops[1].label: town_elsewhere"),
    row("to an Oran with the sign lost", route, to({ lng: -oran.lng }), invalid, "stops[1].label: town_elsewhere"),
    row("from a commune of another town", route, to({}, { commune_id: "3101" }), invalid, "stops[0].commune_id: commune_elsewhere"),
    row("that comes back", route, offer({ stops: [alger, { ...blida, price: 150 }, northOfAlger] }), invalid, "stops[2]: comes_back"),
    row("in a draft, too", route, offer({ publish: false, departure_at, stops: [alger, { ...oran, price: 1500, at: after(1) }] }), invalid, "stops[1].at: earliest"),
    row("by an edit", `PATCH /trips/${inStatus.draft.id}`, { token, headers: { "if-match": "*" }, body: { stops: [alger, { ...oran, price: 1500, label: "Annaba" }] } }, invalid, "stops[1].label: town_elsewhere"),
    row("back before the way there", route, offer({ return_trip_id: atTheCap.id }), invalid, "departure_at: before_outbound"),
  ]);
  test("a street named after a town is where its coordinates are", async () => {
    const stops = [{ ...alger, label: "Rue d'Oran, Alger" }, { ...chlef, price: 700 }];
    assert.equal((await publishTrip(await newDriver(api), { stops, departure_at: days(76) })).status, "open");
  });
});

describe("prices", () => {
  const above = "422 price_above_cap";
  refuse(world, [
    row("that are missing", route, offerTo({}, { price: undefined }), invalid, "stops[1].price: required"),
    row("at the first stop", route, offerTo({ price: 10 }), invalid, "stops[0].price: out_of_range"),
    row("below zero", route, offerTo({}, { price: -1 }), invalid, "stops[1].price: out_of_range"),
    row("with centimes", route, offerTo({}, { price: 700.5 }), invalid, "stops[1].price: not_an_integer"),
    row("beyond all bounds", route, offerTo({}, { price: 10_000_001 }), invalid, "stops[1].price: out_of_range"),
    row("that go down", route, offerTo({}, {}, { price: 690 }), invalid, "stops[2].price: out_of_order"),
    row("above the cap of a leg", route, offerTo({}, { price: 1400 }), above, "stops[1].price: above_cap"),
    row("one dinar above the cap", route, offer({ stops: [alger, { ...oran, price: cap + 1 }] }), above, "stops[1].price: above_cap"),
    row("above the cap of two legs, though neither's", route, offer({ stops: fineLegs }), above, `stops[${dearStop}].price: above_cap`),
    row("above the cap of two towns, though not of the way between", route, offer({ stops: [alger, { ...oran, price: cap - 10 }, { ...blida, price: 2 * cap - 400 }] }), above, "stops[2].price: above_cap"),
    row("edited above the cap", `PATCH /trips/${atTheCap.id}`, { token, headers: { "if-match": "*" }, body: { stops: [alger, { ...oran, price: cap + 1 }] } }, above, "stops[1].price: above_cap"),
  ]);
});

describe("an offer", () => {
  refuse(world, [
    row("without a seat", route, offer({ seats: 0 }), invalid, "seats: out_of_range"),
    row("of nine seats", route, offer({ seats: 9 }), invalid, "seats: out_of_range"),
    row("of more seats than the car has", route, offer({ seats: 5 }), invalid, "seats: out_of_range"),
    row("of the past", route, offer({ departure_at: hoursAhead(-0.01) }), invalid, "departure_at: in_the_past"),
    row("in 91 days", route, offer({ departure_at: days(91) }), invalid, "departure_at: too_far_ahead"),
    row("of the past and too many seats", route, offer({ departure_at: hoursAhead(-1), seats: 5 }), invalid, "departure_at: in_the_past", "seats: out_of_range"),
    row("in another driver's car", route, offer({ vehicle_id: another.vehicle }), invalid, "vehicle_id: unknown_reference"),
    row("in no car", route, offer({ vehicle_id: nobody }), invalid, "vehicle_id: unknown_reference"),
    row("to no place", route, offer({ place_id: nobody }), invalid, "place_id: unknown_reference"),
    row("of no itinerary", route, offer({ itinerary_id: nobody }), invalid, "itinerary_id: unknown_reference"),
    row("back from nowhere", route, offer({ return_trip_id: nobody }), invalid, "return_trip_id: unknown_reference"),
    row("back from another driver's trip", route, offer({ return_trip_id: outbound.id }), invalid, "return_trip_id: unknown_reference"),
    row("by auction", route, offer({ booking_mode: "auction" }), invalid, "booking_mode: not_allowed"),
    row("with loud preferences", route, offer({ preferences: { talk: "loud", luggage: "huge", pets: 1 } }), invalid, "preferences.pets: wrong_type", "preferences.talk: not_allowed", "preferences.luggage: not_allowed"),
    row("with too long a note", route, offer({ note: "a".repeat(501) }), invalid, "note: too_long"),
    row("that says its own status", route, offer({ status: "completed" }), invalid, "status: unknown_field"),
    row("of a person who is not a driver", route, { token: passenger.token, body: tripOf(driver) }, "403 driver_required"),
    row("with a licence that ends before", route, { token: expiring.token, body: tripOf(driver, { vehicle_id: theirCar, departure_at: days(20) }) }, invalid, "licence_expires_on: licence_expires"),
    row("while another trip is under way", route, offer({ departure_at: new Date(Date.parse(open.departure_at) + 3_600_000) }), "409 overlapping_trip"),
    row("that ends in another trip", route, offer({ departure_at: new Date(Date.parse(open.departure_at) - 3_600_000) }), "409 overlapping_trip"),
    row("while its driver rides with another", route, { token: rider.token, body: tripOf(rider, { departure_at: open.departure_at }) }, "409 overlapping_booking"),
    row("that is the fifth of the day", route, { token: dailyDriver.token, body: tripOf(dailyDriver, { departure_at: morning(5, 17), stops: shortWay }) }, "409 daily_limit"),
    row("in a car that another drove that day", route, { token: buyer.token, body: tripOf(buyer, { departure_at: morning(5, 17), stops: shortWay }) }, "409 plate_in_use"),
    row("in a draft whose hour is over", `POST /trips/${tooLate.id}/publish`, { token }, invalid, "departure_at: in_the_past"),
    row("in a draft with too many seats", `POST /trips/${tooFull.id}/publish`, { token }, invalid, "seats: out_of_range"),
  ]);
  refuse(limited, [
    row("that is the third publication of the day", route, offer({ departure_at: days(51) }), "409 daily_limit"),
  ]);
  refuse(strict, [
    row("without approved documents", route, offer({}), "403 kyc_required"),
    row("in a draft, without approved documents", `POST /trips/${inStatus.draft.id}/publish`, { token }, "403 kyc_required"),
    row("with documents that have expired", route, { token: another.token, body: tripOf(another) }, "403 kyc_required"),
  ]);
});

describe("an offer at the edge", () => {
  const ten = Array.from({ length: 10 }, (_, i) => ({ lat: 36.7 - i / 10, lng: 3.0588, label: `Arrêt ${i}`, price: 0 }));
  const edges: [what: string, wanted: Partial<NewTrip>][] = [
    ["of 90 days", { departure_at: new Date(Date.now() + 90 * 86_400_000 - 10_000).toISOString() }],
    ["of the next minute", { departure_at: hoursAhead(1 / 60) }],
    ["of ten stops, for nothing", { stops: ten, departure_at: days(70) }],
    ["of a full car", { seats: 4, departure_at: days(72) }],
    ["of the longest label and note", { stops: [{ ...alger, label: "é".repeat(80) }, { ...oran, price: 10 }], note: "é".repeat(500), departure_at: days(74) }],
  ];
  for (const [what, wanted] of edges) {
    test(`${what} is taken`, async () => {
      assert.equal((await publishTrip(await newDriver(api), wanted)).status, "open");
    });
  }
});

describe("a trip", () => {
  const legal = { publish: ["draft"], start: ["open"], complete: ["open", "in_progress"], cancel: ["draft", "open", "in_progress"] };
  const illegal = Object.entries(legal).flatMap(([verb, from]) => {
    return Object.entries(inStatus).filter(([status]) => !from.includes(status)).map(([status, trip]) => ({ verb, status, id: trip.id }));
  });
  const edit = (body: object) => ({ token, headers: { "if-match": "*" }, body });
  const later = (minutes: number) => ({ departure_at: new Date(Date.parse(booked.departure_at) + minutes * 60_000) });
  const refused = "409 illegal_transition";
  const states = "status: not_allowed";
  const isOver = (status: string) => status === "completed" || status === "cancelled";
  /** Ended trips stay as they are; in other states the refusal names the ones that would work. */
  const refusalIn = (status: string) => (isOver(status) ? ["409 trip_ended"] : [refused, states]) as [string, ...string[]];
  refuse(world, [
    ...illegal.map(({ verb, status, id }) => row(`that is ${status}`, `POST /trips/${id}/${verb}`, { token }, ...refusalIn(status))),
    ...(["in_progress", "completed", "cancelled"] as const).map((status) => {
      return row(`that is ${status}, edited`, `PATCH /trips/${inStatus[status].id}`, edit({ note: "…" }), ...refusalIn(status));
    }),
    ...Object.keys(legal).map((verb) => row("of another driver", `POST /trips/${open.id}/${verb}`, { token: another.token }, missing)),
    row("of another driver, edited", `PATCH /trips/${open.id}`, { ...edit({ note: "…" }), token: another.token }, missing),
    row("edited to nine seats", `PATCH /trips/${open.id}`, edit({ seats: 9 }), invalid, "seats: out_of_range"),
    row("edited to no stops", `PATCH /trips/${open.id}`, edit({ stops: null }), invalid, "stops: wrong_type"),
    row("edited to another status", `PATCH /trips/${open.id}`, edit({ status: "completed" }), invalid, "status: unknown_field"),
    row("edited into the past", `PATCH /trips/${open.id}`, edit({ departure_at: hoursAhead(-1) }), invalid, "departure_at: in_the_past"),
    row("edited into another trip", `PATCH /trips/${open.id}`, edit(later(60)), "409 overlapping_trip"),
    row("with passengers, 16 minutes later", `PATCH /trips/${booked.id}`, edit(later(16)), "409 seats_sold", "departure_at: out_of_range"),
    row("with passengers, to other stops", `PATCH /trips/${booked.id}`, edit({ stops: shortWay }), "409 seats_sold"),
    row("with passengers, with fewer seats than sold", `PATCH /trips/${booked.id}`, edit({ seats: 1 }), "409 seats_sold", "seats: at_least_sold"),
    row("with passengers, for women only", `PATCH /trips/${booked.id}`, edit({ preferences: { women_only: true } }), "409 seats_sold"),
  ]);
  refuse(strict, [
    row("started days before", `POST /trips/${open.id}/start`, { token }, "409 too_early"),
    row("completed days before", `POST /trips/${open.id}/complete`, { token }, "409 too_early"),
  ]);
});
