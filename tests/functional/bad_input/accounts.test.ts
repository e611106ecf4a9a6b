// PRODUCT section 2: identity, drivers and vehicles.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { newDriver, newLicence, newVehicle, publishTrip } from "../harness/journeys.ts";
import type { Answer } from "../harness/http.ts";
import { languages } from "../harness/languages.ts";
import { newCode, newPhone, signIn } from "../harness/people.ts";
import { startWorld } from "../harness/world.ts";
import { assertRefusal, refuse } from "./refusals.ts";
import { invalid, missing, nobody, row } from "./row.ts";

const world = await startWorld();
const { api, database } = world;
const licence = newLicence();
const plate = "054321-119-16";
const driver = await driveWith();
const idle = await newDriver(api);
const newcomer = await signIn(api);
await publishTrip(driver);
const suspended = await signIn(api);
await database.query("update users set status = 'suspended' where id = $1", suspended.id);

async function driveWith() {
  const person = await signIn(api);
  await person.send("POST", "/drivers", { body: licence });
  const added = await person.send("POST", "/vehicles", { body: { ...newVehicle(), plate } });
  return Object.assign(person, { vehicle: added.json<{ id: string }>().id });
}

function verify(identifier: string, code: string, language = "fr"): Promise<Answer> {
  const headers = { "accept-language": language };
  return api.send("POST", "/api/v1/auth/otp/verify", { body: { identifier, code }, headers });
}
function refresh(token: string, language = "fr"): Promise<Answer> {
  const headers = { "accept-language": language };
  return api.send("POST", "/api/v1/auth/refresh", { body: { refresh_token: token }, headers });
}
const inArabicDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
const notIt = (code: string) => (code === "999999" ? "000000" : "999999");
const unauthenticated = { status: 401, code: "unauthenticated", fields: [] };
const otpInvalid = { status: 401, code: "otp_invalid", fields: [] };
const otpExpired = { status: 401, code: "otp_expired", fields: [] };

describe("a phone or email", () => {
  const refused = [
    "", "salam", "055000000", "05500000000", "0450000000", "0250000000", "+213450000000", "+21321123456", "+2135500000001",
    "+21355000000x", "550000000", "+1234567", "+1234567890123456", "+0123456789", "++213550000000", "0550 00 00 00\u0660",
    "a@", "@example.dz", "a b@example.dz", "a@example", "a..b@example.dz", "a@b@example.dz", `${"a".repeat(65)}@example.dz`,
  ];
  const request = (body: object) => ({ body });
  refuse(world, [
    ...refused.map((identifier) => {
      const rule = identifier.includes("@") ? "bad_format" : "unknown_phone";
      return row(`"${identifier}"`, "POST /auth/otp/request", request({ identifier }), invalid, `identifier: ${rule}`);
    }),
    row("of an email, by SMS", "POST /auth/otp/request", request({ identifier: "a@example.dz", channel: "sms" }), invalid, "channel: not_allowed"),
    row("of a phone, by email", "POST /auth/otp/request", request({ identifier: newPhone(), channel: "email" }), invalid, "channel: not_allowed"),
    row("by pigeon", "POST /auth/otp/request", request({ identifier: newPhone(), channel: "pigeon" }), invalid, "channel: not_allowed"),
  ]);

  const phone = newPhone();
  const national = phone.replace("+213", "");
  const spellings = [
    phone, `0${national}`, `00213${national}`, `+2130${national}`, `002130${national}`, `+213 (0) ${national}`,
    `0${national.slice(0, 3)}-${national.slice(3, 5)}.${national.slice(5)}`, ` ${phone} `, `213${national}`, `213 (0)${national}`,
    `\u202a${phone}\u202c`, `\ufeff0${national}\u00a0`, [...`0${national}`].join("\u202f"), inArabicDigits(`0${national}`),
    `tel:${phone}`,
  ];
  for (const spelling of spellings) {
    test(`"${spelling}" is one account, however it is written`, async () => {
      await database.query("delete from otp_codes");
      const code = await newCode(api, phone);
      const answer = await verify(spelling, code);
      assert.equal(answer.status, 200, answer.brief);
      assert.equal(answer.json<{ user: { phone: string } }>().user.phone, phone);
      assert.equal(await database.value("select count(*) from users where phone like '%' || $1", national), 1);
    });
  }

  for (const [typed, normal] of [
    ["Amina.K@Example.DZ", "amina.k@example.dz"],
    ["0033 6 12 34 56 78", "+33612345678"],
    ["+33 (0)6 12 34 56 79", "+33612345679"],
    ["\u200eNadia.B＠Example.DZ\u00a0", "nadia.b@example.dz"],
  ] as const) {
    test(`"${typed}" is ${normal}`, async () => {
      const code = await newCode(api, normal);
      assert.equal((await verify(typed, code)).status, 200);
    });
  }
});

describe("a one-time code", () => {
  const body = (more: object) => ({ body: { identifier: newPhone(), code: "123456", ...more } });
  refuse(world, [
    row("that was never requested", "POST /auth/otp/verify", body({}), "401 otp_expired"),
    row("that is missing", "POST /auth/otp/verify", { body: { identifier: newPhone() } }, invalid, "code: required"),
    row("that is a number", "POST /auth/otp/verify", body({ code: 123456 }), invalid, "code: wrong_type"),
    row("of five digits", "POST /auth/otp/verify", body({ code: "12345" }), invalid, "code: too_short"),
    row("of seven digits", "POST /auth/otp/verify", body({ code: "123 4567" }), invalid, "code: too_long"),
    row("with a letter", "POST /auth/otp/verify", body({ code: "12345a" }), invalid, "code: bad_format"),
    row("with a name that is a phone number", "POST /auth/otp/verify", body({ name: "Amel 0551 23 45 67" }), invalid, "name: contact_details"),
    row("with too long a name", "POST /auth/otp/verify", body({ name: "a".repeat(81) }), invalid, "name: too_long"),
    row("with another language", "POST /auth/otp/verify", body({ locale: "de" }), invalid, "locale: not_allowed"),
  ]);

  test("is refused when wrong, and permanently after five attempts", async () => {
    const phone = newPhone();
    const code = await newCode(api, phone);
    for (const language of [...languages, "fr", "en"] as const) {
      assertRefusal(await verify(phone, notIt(code), language), otpInvalid, language);
    }
    for (const language of languages) assertRefusal(await verify(phone, code, language), otpExpired, language);
    assert.equal(await database.value("select count(*) from users where phone = $1", phone), 0);
  });

  test("works once", async () => {
    const phone = newPhone();
    const code = await newCode(api, phone);
    assert.equal((await verify(phone, code)).status, 200);
    for (const language of languages) assertRefusal(await verify(phone, code, language), otpExpired, language);
  });

  test("ends after ten minutes", async () => {
    const phone = newPhone();
    const code = await newCode(api, phone);
    await database.query("update otp_codes set expires_at = now() - interval '1 second' where consumed_at is null");
    for (const language of languages) assertRefusal(await verify(phone, code, language), otpExpired, language);
  });

  test("works beside the next one, and only for its own account", async () => {
    const phone = newPhone();
    const old = await newCode(api, phone);
    const code = await newCode(api, phone);
    assertRefusal(await verify(newPhone(), code), otpExpired, "fr");
    assert.equal((await verify(phone, code)).status, 200);
    assert.equal((await verify(phone, old)).status, 200);
  });

  test("costs no attempt when malformed, and is read in any digits", async () => {
    const phone = newPhone();
    const code = await newCode(api, phone);
    for (const typed of ["", "12345", "1234567", "abcdef", "12 34"]) assert.equal((await verify(phone, typed)).status, 422);
    assert.equal((await verify(phone, `\u200f${inArabicDigits(code).slice(0, 3)}\u00a0${inArabicDigits(code).slice(3)}`)).status, 200);
  });

  test("is sent three times in five minutes", async () => {
    const identifier = newPhone();
    const ask = (language: string) => {
      return api.send("POST", "/api/v1/auth/otp/request", { body: { identifier }, headers: { "accept-language": language } });
    };
    for (const language of languages) assert.equal((await ask(language)).status, 202);
    for (const language of languages) {
      const refused = await ask(language);
      assertRefusal(refused, { status: 429, code: "rate_limited", fields: [] }, language);
      const wait = Number(refused.header("retry-after"));
      assert.ok(wait >= 1 && wait <= 300, `Retry-After: ${wait}`);
    }
  });

  test("does not let banned accounts in", async () => {
    const phone = newPhone();
    const { id } = await signIn(api, { identifier: phone });
    await database.query("update users set status = 'banned' where id = $1", id);
    const answer = await verify(phone, await newCode(api, phone));
    assertRefusal(answer, { status: 403, code: "account_suspended", fields: [] }, "fr");
    assert.equal(await database.value("select count(*) from sessions where user_id = $1", id), 1);
  });
});

describe("a refresh token", () => {
  refuse(world, [
    row("that is none", "POST /auth/refresh", { body: { refresh_token: "nonsense" } }, "401 unauthenticated"),
    row("that is an access token", "POST /auth/refresh", { body: { refresh_token: newcomer.token.slice(0, 128) } }, "401 unauthenticated"),
    row("that is missing", "POST /auth/refresh", { body: {} }, invalid, "refresh_token: required"),
    row("that is too long", "POST /auth/refresh", { body: { refresh_token: "a".repeat(129) } }, invalid, "refresh_token: too_long"),
  ]);

  async function renewed(token: string): Promise<string> {
    const answer = await refresh(token);
    assert.equal(answer.status, 200, answer.brief);
    return answer.json<{ refresh_token: string }>().refresh_token;
  }

  test("may be lost once, and revokes its family when an older one is reused", async () => {
    const person = await signIn(api);
    await renewed(person.refreshToken); // the answer is lost
    const second = await renewed(person.refreshToken);
    const third = await renewed(second);
    for (const language of languages) assertRefusal(await refresh(person.refreshToken, language), unauthenticated, language);
    for (const token of [second, third]) assertRefusal(await refresh(token), unauthenticated, "fr");
    assertRefusal(await person.send("GET", "/users/me"), unauthenticated, "fr");
    const again = await signIn(api, { identifier: person.identifier });
    assert.equal((await again.send("GET", "/users/me")).status, 200, "another sign-in is another family");
  });

  test("revokes its family after its thirty seconds of grace", async () => {
    const person = await signIn(api);
    const second = await renewed(person.refreshToken);
    await database.query("update refresh_tokens set replaced_at = replaced_at - interval '31 seconds' where replaced_at is not null");
    assertRefusal(await refresh(person.refreshToken), unauthenticated, "fr");
    assertRefusal(await refresh(second), unauthenticated, "fr");
  });

  test("ends after thirty days", async () => {
    const person = await signIn(api);
    await database.query("update refresh_tokens set expires_at = now() where session_id in (select id from sessions where user_id = $1)", person.id);
    for (const language of languages) assertRefusal(await refresh(person.refreshToken, language), unauthenticated, language);
  });
});

describe("a driver's licence", () => {
  const { token } = newcomer;
  const shown = (change: object) => ({ token, body: { ...newLicence(), ...change } });
  const yesterday = new Date(Date.now() + 3_600_000 - 86_400_000).toISOString().slice(0, 10);
  const renewed = (body: object) => ({ token: idle.token, body });
  refuse(world, [
    row("of three characters", "POST /drivers", shown({ licence_number: "DZ1" }), invalid, "licence_number: too_short"),
    row("of 21 characters", "POST /drivers", shown({ licence_number: "1".repeat(21) }), invalid, "licence_number: too_long"),
    row("with a dash", "POST /drivers", shown({ licence_number: "DZ-4821" }), invalid, "licence_number: bad_format"),
    row("in Arabic digits", "POST /drivers", shown({ licence_number: "٤٨٢١٤٨٢١" }), invalid, "licence_number: bad_format"),
    row("that expired long ago", "POST /drivers", shown({ licence_expires_on: "2020-01-01" }), invalid, "licence_expires_on: licence_expires"),
    row("that expired yesterday", "POST /drivers", shown({ licence_expires_on: yesterday }), invalid, "licence_expires_on: licence_expires"),
    row("that expires at an hour", "POST /drivers", shown({ licence_expires_on: "2040-01-01T00:00:00Z" }), invalid, "licence_expires_on: bad_format"),
    row("of another driver", "POST /drivers", shown({ licence_number: licence.licence_number }), "409 already_exists", "licence_number: duplicate_value"),
    row("of another driver, in lower case", "POST /drivers", shown({ licence_number: licence.licence_number.toLowerCase() }), "409 already_exists", "licence_number: duplicate_value"),
    row("shown a second time", "POST /drivers", { token: driver.token, body: newLicence() }, "409 already_exists"),
    row("of a suspended account", "POST /drivers", { token: suspended.token, body: newLicence() }, "403 account_suspended"),
    row("sent anonymously", "POST /drivers", { body: newLicence() }, "401 unauthenticated"),
    row("renewed until yesterday", "PATCH /drivers/me", renewed({ licence_expires_on: yesterday }), invalid, "licence_expires_on: licence_expires"),
    row("renewed for nothing", "PATCH /drivers/me", renewed({ licence_expires_on: null }), invalid, "licence_expires_on: wrong_type"),
    row("renewed with a dash", "PATCH /drivers/me", renewed({ licence_number: "DZ-4821" }), invalid, "licence_number: bad_format"),
    row("renewed with another driver's", "PATCH /drivers/me", renewed({ licence_number: licence.licence_number }), "409 already_exists", "licence_number: duplicate_value"),
    row("that approves itself", "PATCH /drivers/me", renewed({ verified: true }), invalid, "verified: unknown_field"),
    row("renewed without one", "PATCH /drivers/me", { token, body: { licence_expires_on: "2041-01-01" } }, "403 driver_required"),
    row("renewed by a suspended account", "PATCH /drivers/me", { token: suspended.token, body: { licence_expires_on: "2041-01-01" } }, "403 account_suspended"),
    row("renewed anonymously", "PATCH /drivers/me", { body: { licence_expires_on: "2041-01-01" } }, "401 unauthenticated"),
  ]);
});

describe("a vehicle", () => {
  const { token } = idle;
  const car = (change: object) => ({ token, body: { ...newVehicle(), ...change } });
  const edit = (body: object) => ({ token: driver.token, body });
  const twoYearsAhead = new Date().getFullYear() + 2;
  const plates = ["", "1234-119-16", "1234567-119-16", "012345-19-16", "012345-1199-16", "012345-119-1", "012345-119-161", "ABCDEF-119-16", "012345_119_16", "0012345-119-16", "00000-119-16", "٠٠٠٠٠٠-١١٩-١٦", "012345-019-16", "00000-000-00"];
  const nowhere = ["012345-119-00", "012345-119-70", "012345-119-99", "012345-149-16", "٠١٢٣٤٥-١١٩-٩٩"];
  refuse(world, [
    row("without a seat", "POST /vehicles", car({ seats: 0 }), invalid, "seats: out_of_range"),
    row("with nine seats", "POST /vehicles", car({ seats: 9 }), invalid, "seats: out_of_range"),
    row("of 1949", "POST /vehicles", car({ year: 1949 }), invalid, "year: out_of_range"),
    row("of the year after the next", "POST /vehicles", car({ year: twoYearsAhead }), invalid, "year: out_of_range"),
    row("in no colour we know", "POST /vehicles", car({ colour: "rainbow" }), invalid, "colour: not_allowed"),
    row("that burns wood", "POST /vehicles", car({ fuel: "wood" }), invalid, "fuel: not_allowed"),
    row("without a make", "POST /vehicles", car({ make: "" }), invalid, "make: required"),
    ...plates.map((text) => row(`with the plate "${text}"`, "POST /vehicles", car({ plate: text }), invalid, "plate: bad_format")),
    ...nowhere.map((text) => row(`with the plate "${text}"`, "POST /vehicles", car({ plate: text }), invalid, "plate: unknown_reference")),
    ...[plate, "054321 119 16", "05432111916", "054321.119.16", "054321/119/16", "54321-119-16", "5432111916", "٠٥٤٣٢١-١١٩-١٦", "\u200f54321\u00a0119\u00a016"].map((text) => {
      return row(`with another's plate, written "${text}"`, "POST /vehicles", car({ plate: text }), "409 already_exists", "plate: duplicate_value");
    }),
    row("of a person who is not a driver", "POST /vehicles", { token: newcomer.token, body: newVehicle() }, "403 driver_required"),
    row("edited to another's plate", `PATCH /vehicles/${idle.vehicle}`, { token, body: { plate } }, "409 already_exists", "plate: duplicate_value"),
    row("edited to nine seats", `PATCH /vehicles/${idle.vehicle}`, { token, body: { seats: 9 } }, invalid, "seats: out_of_range"),
    row("edited to a year to come", `PATCH /vehicles/${idle.vehicle}`, { token, body: { year: twoYearsAhead } }, invalid, "year: out_of_range"),
    row("edited to no make", `PATCH /vehicles/${idle.vehicle}`, { token, body: { make: null } }, invalid, "make: wrong_type"),
    row("of another driver, edited", `PATCH /vehicles/${idle.vehicle}`, edit({ colour: "red" }), missing),
    row("promised to passengers, with fewer seats", `PATCH /vehicles/${driver.vehicle}`, edit({ seats: 3 }), "409 illegal_transition", "trips.status: not_allowed"),
    row("promised to passengers, with another plate", `PATCH /vehicles/${driver.vehicle}`, edit({ plate: "99999-119-16" }), "409 illegal_transition", "trips.status: not_allowed"),
    row("promised to passengers, taken away", `DELETE /vehicles/${driver.vehicle}`, { token: driver.token }, "409 illegal_transition", "trips.status: not_allowed"),
  ]);
});

describe("a profile", () => {
  const { token } = newcomer;
  const me = (body: object) => ({ token, body });
  refuse(world, [
    row("without a name", "PATCH /users/me", me({ name: " " }), invalid, "name: required"),
    row("with too long a name", "PATCH /users/me", me({ name: "أ".repeat(81) }), invalid, "name: too_long"),
    ...["\u200b", "\u3164\uffa0", "\u2800", "\u{e0041}", "\u200f\u00ad"].map((name) => {
      return row(`with a name that prints nothing: ${encodeURIComponent(name)}`, "PATCH /users/me", me({ name }), invalid, "name: prints_nothing");
    }),
    ...["Ahmed 0551234567", "٠٥٥١ ٢٣ ٤٥ ٦٧", "amel at gmail dot com", "amel@example.dz", "@amel_dz", "t.me/amel"].map((name) => {
      return row(`with the name "${name}"`, "PATCH /users/me", me({ name }), invalid, "name: contact_details");
    }),
    row("with too long a story", "PATCH /users/me", me({ bio: "a".repeat(501) }), invalid, "bio: too_long"),
    row("in another language", "PATCH /users/me", me({ locale: "de" }), invalid, "locale: not_allowed"),
    row("with four languages", "PATCH /users/me", me({ languages: ["fr", "ar", "en", "fr"] }), invalid, "languages: too_many"),
    row("that gives itself a role", "PATCH /users/me", me({ role: "admin" }), invalid, "role: unknown_field"),
    row("that gives itself a phone", "PATCH /users/me", me({ phone: newPhone() }), invalid, "phone: unknown_field"),
    row("with an unknown preference", "PATCH /users/me", me({ preferences: { talk: "shouting" } }), invalid, "preferences.talk: not_allowed"),
    row("of a suspended account", "PATCH /users/me", { token: suspended.token, body: { bio: "…" } }, "403 account_suspended"),
    row("deleted with a trip to drive", "DELETE /users/me", { token: driver.token }, "409 illegal_transition", "trips.status: not_allowed"),
    row("with half a consent", "POST /users/me/consents", me({ kind: "newsletter" }), invalid, "granted: required"),
    row("with too long a consent", "POST /users/me/consents", me({ kind: "k".repeat(65), granted: true }), invalid, "kind: too_long"),
    row("of another person's session", `DELETE /auth/sessions/${nobody}`, { token }, missing),
  ]);
});
