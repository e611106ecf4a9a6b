// GET /events across two replicas: who is told what, coming back without loss, and everything that ends a stream.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { enter, newSecret } from "./harness/crowd.ts";
import { EventStream } from "./harness/event_stream.ts";
import { book, type Booking, type Driver, newDriver, publishTrip, readBooking, type Trip } from "./harness/journeys.ts";
import { type Person, signIn } from "./harness/people.ts";
import { eventually } from "./harness/waiting.ts";
import { get, request, Wire } from "./harness/wire.ts";
import { startApi, startWorld } from "./harness/world.ts";

const { secret, tokenOf } = newSecret();
const environment = { JWT_SECRET: secret };
const { database, api } = await startWorld({ environment });
const other = await startApi(database, environment);

const streams: EventStream[] = [];
async function follow(person: Person | string, replica = api, lastEventId?: string): Promise<EventStream> {
  const token = typeof person === "string" ? person : person.token;
  const stream = await EventStream.open(replica, token, { lastEventId });
  streams.push(stream);
  return stream;
}

async function act(person: Person, path: string, body: object = {}): Promise<void> {
  const answer = await person.send("POST", path, { body });
  assert.equal(answer.status, 200, `${path}: ${answer.brief}`);
}

// A client that stops reading is noticed by the end of this file: there is time meanwhile.
const [sleeper] = await enter(database, 1);
const sleeping = await follow(tokenOf(sleeper ?? assert.fail()));
sleeping.stopReading();
await database.query(
  `insert into user_events (user_id, event, subject_id, what, at)
   select $1, 'trip', $1, repeat('x', 200), now() from generate_series(1, 30000)`,
  sleeper?.user,
);

describe("a stream", () => {
  test("begins with its own headers, for those who are signed in", async () => {
    const person = await signIn(api);
    const { headers } = await follow(person);
    assert.equal(headers["content-type"], "text/event-stream");
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["x-accel-buffering"], "no");
    assert.equal(headers["transfer-encoding"], "chunked");
    assert.equal(headers["content-encoding"], undefined);
    await assert.rejects(EventStream.open(api, "nonsense"), /401.*unauthenticated/s);
    assert.equal((await api.send("GET", "/api/v1/events")).status, 401);
  });

  test("answers HEAD and HTTP/1.0", async () => {
    const { token } = await signIn(api);
    const head = await Wire.open(api.port);
    const answer = await head.ask(request("HEAD", "/api/v1/events", { Authorization: `Bearer ${token}` }));
    assert.equal(answer.headers.get("content-type"), "text/event-stream");
    await head.end();
    const old = await Wire.open(api.port);
    old.write(get("/api/v1/events", { Authorization: `Bearer ${token}` }).replace("HTTP/1.1", "HTTP/1.0"));
    assert.equal((await old.read(true)).headers.get("transfer-encoding"), undefined);
    old.close();
  });

  for (const wrong of ["x", "-1", "1,2", "1.5", "99999999999999999999"]) {
    test(`refuses the Last-Event-ID ${wrong}`, async () => {
      const person = await signIn(api);
      const answer = await person.send("GET", "/events", { headers: { "last-event-id": wrong } });
      assert.equal(answer.status, 400);
      assert.equal(answer.problem.code, "malformed_request");
      assert.equal(answer.problem.errors[0]?.field, "Last-Event-ID");
    });
  }

  test("an eleventh of one person is refused with advice, on each server", async () => {
    const person = await signIn(api);
    const open = await Promise.all(Array.from({ length: 10 }, () => follow(person)));
    const answer = await person.send("GET", "/events", { headers: { "accept-language": "en" } });
    assert.equal(answer.status, 429);
    assert.equal(answer.problem.code, "too_many_streams");
    assert.match(answer.problem.detail, /tabs/);
    assert.ok(Number(answer.header("retry-after")) > 0);
    open[0]?.close();
    await eventually("its place is free", async () => (await person.send("GET", "/events")).status === 200);
  });
});

describe("across replicas", () => {
  test("a booking made on one is seen on the other, and read there at least as new", async () => {
    const driver = await newDriver(api);
    const passenger = await signIn(api);
    const trip = await publishTrip(driver);
    const ofDriver = await follow(driver, other);
    const booking = await book(passenger, trip);
    const seen = await ofDriver.sees("confirmed", booking.id, 5);
    assert.equal(seen.event, "booking");
    assert.ok(Math.abs(Date.parse(seen.at) - Date.now()) < 60_000);
    const read = await other.send("GET", `/api/v1/bookings/${booking.id}`, { token: driver.token });
    assert.equal(read.json<Booking>().status, "confirmed");
  });

  test("a stream goes on after its last event at the other, and after one that is none of theirs with a reset", async () => {
    const driver = await newDriver(api);
    const first = await follow(driver);
    const one = await publishTrip(driver);
    await first.sees("published", one.id);
    first.close();
    await act(driver, `/trips/${one.id}/cancel`);
    const second = await follow(driver, other, first.lastId);
    await second.sees("cancelled", one.id);
    assert.deepEqual(second.news, ["trip cancelled"]);
    const lost = await follow(driver, other, "4711");
    await eventually("it is told", async () => lost.events.length > 0);
    assert.deepEqual(lost.news, ["reset reset"]);
    assert.equal(lost.events[0]?.id, second.lastId);
    assert.equal(lost.events[0]?.subject, null);
  });

  test("whatever the moment of a lost connection, nothing is lost and nothing comes twice", async () => {
    const driver = await newDriver(api);
    const trip = await publishTrip(driver);
    const replicas = [api, other];
    const seen: string[] = [];
    let stream = await follow(driver, api, "0");
    let wanted = 0;
    let busy = true;
    const edit = async (): Promise<void> => {
      while (busy) {
        const answer = await driver.send("PATCH", `/trips/${trip.id}`, { body: { note: `note ${wanted}` }, headers: { "if-match": "*" } });
        if (answer.status === 200) wanted += 1;
      }
    };
    const load = [edit(), edit(), edit()];
    const keep = (): void => void seen.push(...stream.events.map(({ id, what }) => `${id} ${what}`));
    for (let round = 0; round < 25; round += 1) {
      await pause(Math.random() * 120);
      stream.close();
      keep();
      stream = await follow(driver, replicas[Math.floor(Math.random() * 2)], stream.lastId);
    }
    busy = false;
    await Promise.all(load);
    await act(driver, `/trips/${trip.id}/cancel`);
    await stream.sees("cancelled", trip.id);
    keep();
    const expected = ["published", ...Array.from({ length: wanted }, () => "edited"), "cancelled"];
    assert.deepEqual(seen, expected.map((what, index) => `${index + 1} ${what}`));
    assert.ok(wanted > 20, "there was load");
  });
});

describe("nobody else is told", () => {
  async function ride(driver: Driver, passenger: Person): Promise<{ trip: Trip; booking: Booking }> {
    const trip = await publishTrip(driver, { booking_mode: "approval" });
    const booking = await book(passenger, trip);
    await act(driver, `/bookings/${booking.id}/accept`);
    const accepted = await eventually("it is paid", async () => {
      const now = await readBooking(passenger, booking);
      return now.status === "confirmed" && now;
    });
    await act(driver, `/bookings/${booking.id}/board`, { pin: accepted.boarding?.pin });
    await act(driver, `/trips/${trip.id}/complete`);
    return { trip, booking };
  }

  test("of a booking, a trip, a payment, a dispute or a letter that is not theirs", async () => {
    const driver = await newDriver(api);
    const passenger = await signIn(api, { name: "Yasmine" });
    const outsiders = [
      await signIn(api, { name: "Stranger" }),
      await newDriver(api),
      await signIn(api, { name: "Moderator" }),
      await signIn(api, { name: "Admin" }),
    ];
    await database.query("update users set role = 'moderator' where id = $1", outsiders[2]?.id);
    await database.query("update users set role = 'admin' where id = $1", outsiders[3]?.id);
    const theirs = await Promise.all([...outsiders.map((person) => follow(person)), ...outsiders.map((person) => follow(person, other))]);
    const ofDriver = await follow(driver, other);
    const ofPassenger = await follow(passenger);

    const { trip, booking } = await ride(driver, passenger);
    await ofPassenger.sees("settled", booking.id);
    await act(passenger, `/bookings/${booking.id}/dispute`, { reason: "late_arrival", text: "an hour" });
    await act(driver, `/bookings/${booking.id}/dispute/answer`, { text: "there was snow" });
    const dispute = await database.value<string>("select id from disputes where booking_id = $1", booking.id);
    await act(outsiders[3] as Person, `/admin/disputes/${dispute}/resolve`, { refund: 0, note: "snow" });
    await ofPassenger.sees("dispute_resolved", booking.id);
    await ofDriver.sees("dispute_resolved", booking.id);

    for (const what of ["requested", "confirmed", "boarded", "completed", "payment_captured", "settled", "disputed", "dispute_opened", "dispute_answered"]) {
      assert.ok(ofPassenger.about(booking.id).includes(what), `the passenger sees ${what}`);
      assert.ok(ofDriver.about(booking.id).includes(what), `the driver sees ${what}`);
    }
    for (const stream of [ofPassenger, ofDriver]) assert.ok(stream.news.some((line) => line.startsWith("notification ")), "letters are told");
    assert.deepEqual(ofPassenger.about(trip.id), ["started", "completed"]);
    assert.deepEqual(ofDriver.about(trip.id), ["published", "started", "completed"]);
    for (const { subject, event } of [...ofPassenger.events, ...ofDriver.events]) {
      const path = subject === trip.id ? "trips" : "bookings";
      assert.equal((await passenger.send("GET", `/${path}/${subject}`)).status, 200, `${event} ${subject} may be read`);
    }
    // What is told last is seen last, so nothing is still on the way to them.
    const later = await publishTrip(outsiders[1] as Driver);
    for (const stream of theirs.filter((_, index) => index % outsiders.length === 1)) await stream.sees("published", later.id);
    for (const [index, stream] of theirs.entries()) {
      assert.deepEqual(stream.news, index % outsiders.length === 1 ? ["trip published"] : [], `outsider ${index}`);
    }
  });
});

describe("a stream ends", () => {
  test("when its token expires", async () => {
    const [member] = await enter(database, 1);
    const stream = await follow(tokenOf(member ?? assert.fail(), 2));
    await stream.ends();
    assert.ok(stream.complete, "properly");
    await assert.rejects(EventStream.open(api, tokenOf(member ?? assert.fail(), 0)), /401/);
  });

  test("soon after a sign-out, on every replica, and no other session's", async () => {
    const person = await signIn(api);
    const elsewhere = await signIn(api, { identifier: person.identifier });
    const gone = [await follow(person), await follow(person, other)];
    const stays = await follow(elsewhere);
    assert.equal((await person.send("POST", "/auth/logout")).status, 204);
    for (const stream of gone) await stream.ends();
    assert.equal(stays.over, false);
  });

  test("soon after a ban; a suspended person goes on reading", async () => {
    const banned = await signIn(api);
    const suspended = await signIn(api);
    const [gone, stays] = [await follow(banned), await follow(suspended, other)];
    await database.query("update users set status = 'suspended' where id = $1", suspended.id);
    await database.query("update users set status = 'banned' where id = $1", banned.id);
    await gone.ends();
    assert.equal(stays.over, false);
  });

  test("when its client goes, at once", async () => {
    const person = await signIn(api);
    const stream = await follow(person, other);
    const open = async (): Promise<number> => Number(/^safargo_http_streams (\d+)/m.exec((await other.send("GET", "/metrics")).text)?.[1]);
    const before = await open();
    stream.close();
    await eventually("it is no longer counted", async () => (await open()) < before, { seconds: 5 });
  });

  test("with the process, which says when to come back; and the others go on without loss", async () => {
    const leaving = await startApi(database, environment);
    const driver = await newDriver(api);
    const crowd = await enter(database, 20);
    const idle = await Promise.all(crowd.map((member) => follow(tokenOf(member), leaving)));
    const mine = await follow(driver, leaving);
    const one = await publishTrip(driver);
    await mine.sees("published", one.id);
    const ending = leaving.stop();
    for (const stream of [mine, ...idle]) {
      await stream.ends();
      assert.ok(stream.complete, "properly");
      assert.ok((stream.retry ?? 0) >= 1_000 && (stream.retry ?? 0) <= 5_000, `retry ${stream.retry}`);
    }
    assert.ok(new Set(idle.map(({ retry }) => retry)).size > 10, "not all at once");
    assert.deepEqual(await ending, { code: 0, signal: null });
    await act(driver, `/trips/${one.id}/cancel`);
    const again = await follow(driver, other, mine.lastId);
    await again.sees("cancelled", one.id);
    assert.deepEqual(again.news, ["trip cancelled"]);
  });

  test("when the process is killed, and another goes on without loss", async () => {
    const dying = await startApi(database, environment);
    const driver = await newDriver(api);
    const stream = await follow(driver, dying);
    const one = await publishTrip(driver);
    await stream.sees("published", one.id);
    await dying.kill();
    await stream.ends();
    await act(driver, `/trips/${one.id}/cancel`);
    const again = await follow(driver, api, stream.lastId);
    await again.sees("cancelled", one.id);
    assert.deepEqual(again.news, ["trip cancelled"]);
  });
});

test("a client that stopped reading has been dropped, and gets everything when it comes back", async () => {
  const dropped = async (): Promise<number> => Number(/^safargo_http_streams_dropped_total (\d+)/m.exec((await api.send("GET", "/metrics")).text)?.[1]);
  await eventually("it is dropped", async () => (await dropped()) === 1, { seconds: 60, every: 200 });
  const again = await follow(tokenOf(sleeper ?? assert.fail()), other, "0");
  await eventually("all is received", async () => again.events.length === 30_000, { seconds: 60 });
  assert.ok(again.events.every(({ id }, index) => id === String(index + 1)));
});

test("no stream was left to itself", async () => {
  for (const stream of streams) stream.close();
  for (const replica of [api, other]) {
    const open = async (): Promise<string | undefined> => /^safargo_http_streams (\d+)/m.exec((await replica.send("GET", "/metrics")).text)?.[1];
    await eventually("all are closed", async () => (await open()) === "0");
  }
});
