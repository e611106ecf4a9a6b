// PRODUCT section 1: what is refused on every route.
import { describe } from "node:test";
import { book, bookingOf, newDriver, newVehicle, publishTrip, tripOf } from "../harness/journeys.ts";
import { type Person, signIn } from "../harness/people.ts";
import { startWorld } from "../harness/world.ts";
import { refuse } from "./refusals.ts";
import { invalid, malformed, missing, nobody, row } from "./row.ts";

const world = await startWorld({ seeded: true });
const driver = await newDriver(world.api);
const { id: secondVehicle } = await becomeVehicleOwner();
const passenger = await signIn(world.api);
const trip = await publishTrip(driver);
const draft = await publishTrip(driver, { publish: false });
const booking = await book(passenger, trip);
const stranger = await signIn(world.api);
await book(stranger, trip);
const { token } = driver;

async function becomeVehicleOwner(): Promise<{ id: string }> {
  const answer = await driver.send("POST", "/vehicles", { body: newVehicle() });
  return answer.json<{ id: string }>();
}

await driver.send("POST", "/trips", { body: tripOf(driver, { publish: false }), key: "used-before" });
async function cursorOf(person: Person, path: string): Promise<string> {
  const { next_cursor } = (await person.send("GET", path)).json<{ next_cursor: string | null }>();
  if (next_cursor === null) throw new Error(`${path} has one page only`);
  return encodeURIComponent(next_cursor);
}

const search = "/trips/search?from=36.7538,3.0588&to=35.6971,-0.6308";
const lists = ["/users/me/trips?", "/vehicles?", "/bookings?", `/trips/${trip.id}/bookings?`, "/places?", `${search}&`];
const foreign = {
  vehicles: await cursorOf(driver, "/vehicles?limit=1"),
  trips: await cursorOf(driver, "/users/me/trips?limit=1"),
  places: await cursorOf(driver, "/places?limit=1&type=beach"),
  bookings: await cursorOf(driver, "/bookings?role=driver&limit=1"),
};

const car = newVehicle();
const carText = JSON.stringify(car).slice(0, -1);
function carWith(change: object): { token: string; body: unknown } {
  return { token, body: { ...car, ...change } };
}
function raw(body: string | Uint8Array): { token: string; body: string | Uint8Array } {
  return { token, body };
}
function bytes(...parts: (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
}
const [start, end] = tripOf(driver).stops;
const everyField = ["make", "model", "year", "colour", "seats", "plate", "fuel"];

describe("a field", () => {
  refuse(world, [
    row("a number for a string", "POST /vehicles", carWith({ make: 7 }), invalid, "make: wrong_type"),
    row("a string for a number", "POST /vehicles", carWith({ year: "2019" }), invalid, "year: wrong_type"),
    row("null for a required one", "POST /vehicles", carWith({ make: null }), invalid, "make: wrong_type"),
    row("a string for a boolean", "POST /trips", { token, body: tripOf(driver, { publish: "yes" as never }) }, invalid, "publish: wrong_type"),
    row("an object for a list", "POST /trips", { token, body: tripOf(driver, { stops: {} as never }) }, invalid, "stops: wrong_type"),
    row("a list for an object", "POST /vehicles", { token, body: [] }, invalid, ": wrong_type"),
    row("a string for the whole", "POST /vehicles", { token, body: '"car"' }, invalid, ": wrong_type"),
    row("1e3 for an integer", "POST /vehicles", raw(carText.replace("2019", "2e3") + "}"), invalid, "year: not_an_integer"),
    row("2019.0 for an integer", "POST /vehicles", raw(carText.replace("2019", "2019.0") + "}"), invalid, "year: not_an_integer"),
    row("2.5 for an integer", "POST /vehicles", carWith({ seats: 2.5 }), invalid, "seats: not_an_integer"),
    row("more than 64 bits", "POST /vehicles", raw(carText.replace("2019", "99999999999999999999") + "}"), invalid, "year: not_an_integer"),
    row("a word that is not in the list", "POST /vehicles", carWith({ fuel: "wood" }), invalid, "fuel: not_allowed"),
    row("an empty text", "POST /vehicles", carWith({ make: "  " }), invalid, "make: required"),
    row("a text that is too long", "POST /vehicles", carWith({ make: "é".repeat(41) }), invalid, "make: too_long"),
    row("NUL in a text", "POST /vehicles", carWith({ make: "Ren\u0000ault" }), invalid, "make: bad_encoding"),
    row("a control character in a text", "POST /vehicles", carWith({ make: "Ren\u0007ault" }), invalid, "make: bad_encoding"),
    row("an unknown one", "POST /vehicles", carWith({ wings: 2 }), invalid, "wings: unknown_field"),
    row("an unknown one inside", "POST /trips", { token, body: tripOf(driver, { stops: [start, { ...end, gate: 4 }] as never }) }, invalid, "stops[1].gate: unknown_field"),
    row("another case", "POST /drivers", { token, body: { Licence_number: "DZ1234", licence_expires_on: "2040-01-01" } }, invalid, "licence_number: required", "Licence_number: unknown_field"),
    row("one given twice", "POST /vehicles", raw(`${carText},"make":"Fiat"}`), invalid, "make: duplicate_field"),
    row("one given twice inside", "POST /trips", raw('{"stops":[{"lat":1,"lat":2}]}'), invalid, "stops[0].lat: duplicate_field"),
    row("none at all", "POST /vehicles", { token, body: {} }, invalid, ...everyField.map((field) => `${field}: required`)),
    row("several wrong ones", "POST /vehicles", carWith({ make: 1, seats: 9, wings: 2 }), invalid, "make: wrong_type", "seats: out_of_range", "wings: unknown_field"),
    row("a date that no month has", "POST /drivers", { token, body: { licence_number: "DZ1234", licence_expires_on: "2040-02-30" } }, invalid, "licence_expires_on: bad_format"),
    row("a time without its zone", "POST /trips", { token, body: tripOf(driver, { departure_at: "2026-12-03T07:00:00" }) }, invalid, "departure_at: bad_format"),
    row("an id that is none", "POST /trips", { token, body: tripOf(driver, { vehicle_id: "42" }) }, invalid, "vehicle_id: bad_format"),
  ]);
});

describe("a body", () => {
  refuse(world, [
    row("cut short", "POST /vehicles", raw('{"make":"Ren'), malformed, "make: bad_format"),
    row("with a comma too many", "POST /vehicles", raw(`${carText},}`), malformed, ": bad_format"),
    row("with something after it", "POST /vehicles", raw(`${carText}} x`), malformed, ": bad_format"),
    row("in single quotes", "POST /vehicles", raw("{'make':1}"), malformed, ": bad_format"),
    row("with a comment", "POST /vehicles", raw("{/* */}"), malformed, ": bad_format"),
    row("with NaN", "POST /vehicles", raw('{"year":NaN}'), malformed, "year: bad_format"),
    row("with a byte order mark", "POST /vehicles", raw("\ufeff{}"), malformed, ": bad_format"),
    row("that is empty", "POST /vehicles", raw(""), malformed, ": bad_format"),
    row("with bytes that are not UTF-8", "POST /vehicles", raw(bytes('{"make":"', 0xff, '"}')), malformed, "make: bad_encoding"),
    row("with the second half of a character", "POST /vehicles", raw('{"make":"\\udc00"}'), malformed, "make: bad_encoding"),
    row("with the first half of a character", "POST /vehicles", raw('{"make":"\\ud800"}'), malformed, "make: bad_format"),
    row("nested too deeply", "POST /vehicles", raw("[".repeat(40) + "]".repeat(40)), malformed, `${"[0]".repeat(16)}: too_deep`),
    row("that is too large", "POST /vehicles", raw(" ".repeat(65 * 1024)), "413 payload_too_large"),
    row("of plain text", "POST /vehicles", { ...carWith({}), headers: { "content-type": "text/plain" } }, "415 unsupported_media_type"),
    row("of a form", "POST /vehicles", { token, body: "make=Fiat", headers: { "content-type": "application/x-www-form-urlencoded" } }, "415 unsupported_media_type"),
    row("for an action that takes none", `POST /trips/${draft.id}/publish`, { token, body: { price: 3 } }, invalid, "price: unknown_field"),
    row("that is no object, for an action", `POST /trips/${draft.id}/publish`, { token, body: [] }, invalid, ": wrong_type"),
    row("cut short, for an action", `POST /trips/${draft.id}/publish`, raw("{"), malformed, ": bad_format"),
    row("of plain text, for an action", `POST /trips/${draft.id}/publish`, { token, body: "x", headers: { "content-type": "text/plain" } }, "415 unsupported_media_type"),
  ]);
});

const badCursor = "cursor: bad_format";

describe("a page", () => {
  refuse(world, [
    ...lists.flatMap((list) => [
      row("of no items", `GET ${list}limit=0`, { token }, invalid, "limit: out_of_range"),
      row("of 101 items", `GET ${list}limit=101`, { token }, invalid, "limit: out_of_range"),
      row("after a cursor that is none", `GET ${list}cursor=AAAA`, { token }, malformed, badCursor),
    ]),
    row("of few items", "GET /vehicles?limit=few", { token }, invalid, "limit: not_an_integer"),
    row("of 1e1 items", "GET /vehicles?limit=1e1", { token }, invalid, "limit: not_an_integer"),
    row("of nothing said", "GET /vehicles?limit=", { token }, invalid, "limit: not_an_integer"),
    row("after a cursor that was altered", `GET /vehicles?cursor=${foreign.vehicles.slice(0, -2)}AA`, { token }, malformed, badCursor),
    row("after another list's cursor", `GET /vehicles?cursor=${foreign.trips}`, { token }, malformed, badCursor),
    row("after another person's cursor", `GET /vehicles?cursor=${foreign.vehicles}`, { token: passenger.token }, malformed, badCursor),
    row("after the cursor of another filter", `GET /users/me/trips?status=draft&cursor=${foreign.trips}`, { token }, malformed, badCursor),
    row("after the cursor of another type", `GET /places?type=museum&cursor=${foreign.places}`, {}, malformed, badCursor),
    row("after the cursor of the other role", `GET /bookings?cursor=${foreign.bookings}`, { token }, malformed, badCursor),
    row("after a cursor that is far too long", `GET /vehicles?cursor=${"A".repeat(513)}`, { token }, invalid, "cursor: too_long"),
  ]);
});

describe("a query", () => {
  refuse(world, [
    row("with an unknown name", "GET /vehicles?colour=red", { token }, invalid, "colour: unknown_field"),
    row("with a name given twice", "GET /vehicles?limit=1&limit=2", { token }, invalid, "limit: duplicate_field"),
    row("with a broken percent sign", "GET /geo/suggest?q=%zz", {}, malformed, "q: bad_format"),
    row("with bytes that are not UTF-8", "GET /geo/suggest?q=%ff", {}, malformed, "q: bad_encoding"),
    row("with NUL", "GET /geo/suggest?q=a%00b", {}, malformed, "q: bad_encoding"),
    row("with 65 names", `GET /vehicles?${Array.from({ length: 65 }, (_, i) => `n${i}=`).join("&")}`, { token }, malformed, ": too_many"),
    row("without what it needs", "GET /geo/suggest", {}, invalid, "q: required"),
  ]);
});

const keyed = (key: string) => ({ token, key, body: tripOf(driver, { publish: false }) });
const badKey = (code: string) => [invalid, `Idempotency-Key: ${code}`] as const;

describe("an Idempotency-Key", () => {
  refuse(world, [
    row("of nothing", "POST /trips", { ...keyed(""), bare: true, headers: { "Idempotency-Key": "" } }, ...badKey("required")),
    row("of 256 characters", "POST /trips", keyed("k".repeat(256)), ...badKey("too_long")),
    row("with a space", "POST /trips", keyed("two words"), ...badKey("bad_encoding")),
    row("with a tab", "POST /trips", keyed("two\twords"), ...badKey("bad_encoding")),
    row("with a control character", "POST /trips", { ...keyed(""), bare: true, headers: { "Idempotency-Key": "two\u0001words" } }, malformed),
    row("beyond ASCII", "POST /trips", keyed("clé"), ...badKey("bad_encoding")),
    row("used for another body", "POST /trips", { token, key: "used-before", body: tripOf(driver, { seats: 1, publish: false }) }, "422 idempotency_key_reused"),
  ]);
});

describe("a token", () => {
  const publicRoutes = ["/trips?near=36.7,3.0", search, "/places", "/geo/wilayas", `/trips/${trip.id}`, `/users/${driver.id}`];
  refuse(world, [
    ...publicRoutes.map((path) => row("that is none, on a public route", `GET ${path}`, { token: "nonsense" }, "401 unauthenticated")),
    row("that is missing", "GET /users/me", {}, "401 unauthenticated"),
    row("of another scheme", "GET /places", { headers: { authorization: "Basic dXNlcjpwYXNz" } }, "401 unauthenticated"),
    row("with another's signature", "GET /places", { token: token.slice(0, -6) + "AAAAAA" }, "401 unauthenticated"),
    row("that is a refresh token", "GET /places", { token: driver.refreshToken }, "401 unauthenticated"),
  ]);
});

describe("an edit", () => {
  const edit = (ifMatch?: string) => ({ token, body: { note: "…" }, headers: ifMatch === undefined ? {} : { "if-match": ifMatch } });
  refuse(world, [
    row("without If-Match", `PATCH /trips/${draft.id}`, edit(), "428 precondition_required"),
    row("of an older version", `PATCH /trips/${trip.id}`, edit(`"${trip.version}"`), "412 precondition_failed"),
    row("of a version to come", `PATCH /trips/${draft.id}`, edit('"999"'), "412 precondition_failed"),
    row("of a tag that was never given", `PATCH /trips/${draft.id}`, edit('"abc"'), "412 precondition_failed"),
  ]);
});

describe("a path", () => {
  const strange = ["42", "018f6d1e-0000-7000-8000-00000000000", "-1", "%25", "é", "null"];
  const ids = [nobody, ...strange];
  refuse(world, [
    ...ids.flatMap((id) => [
      row(`of the trip "${id}"`, `GET /trips/${id}`, {}, missing),
      row(`of the booking "${id}"`, `GET /bookings/${id}`, { token }, missing),
      row(`of the vehicle "${id}"`, `DELETE /vehicles/${id}`, { token }, missing),
      row(`of the user "${id}"`, `GET /users/${id}`, {}, missing),
      row(`of the place "${id}"`, `GET /places/${id}`, {}, missing),
      row(`of the session "${id}"`, `DELETE /auth/sessions/${id}`, { token }, missing),
    ]),
    row("of another driver's draft", `GET /trips/${draft.id}`, { token: passenger.token }, missing),
    row("of another driver's vehicle", `DELETE /vehicles/${secondVehicle}`, { token: passenger.token }, missing),
    row("of bookings on another driver's trip", `GET /trips/${trip.id}/bookings`, { token: passenger.token }, missing),
    row("of another person's booking", `GET /bookings/${booking.id}`, { token: stranger.token }, missing),
    row("with NUL", "GET /trips/%00", {}, malformed),
    row("with a broken percent sign", "GET /trips/%zz", {}, malformed),
    row("with a slash in disguise", "GET /trips/..%2f..", {}, malformed),
    row("that leads nowhere", "GET /nowhere", {}, missing),
    row("with another method", "PUT /trips", { token, body: {} }, "405 method_not_allowed"),
    row("that only takes POST", "GET /auth/otp/verify", {}, "405 method_not_allowed"),
    row("that only takes GET", "POST /places", { token, body: bookingOf(trip) }, "405 method_not_allowed"),
  ]);
});
