// PostgreSQL goes down and comes back; the API is not restarted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "./harness/http.ts";
import { newDriver, publishTrip } from "./harness/journeys.ts";
import { assertProblem } from "./harness/languages.ts";
import { signIn } from "./harness/people.ts";
import { ThrowawayPostgres } from "./harness/postgres.ts";
import { eventually, timed } from "./harness/waiting.ts";
import { startWorld } from "./harness/world.ts";

const answersWithin = 3; // seconds
const resumesWithin = 2; // seconds

const server = await ThrowawayPostgres.create();
const { api } = await startWorld({ server: server.url });
const pid = api.program.pid;
const driver = await newDriver(api);
const passenger = await signIn(api);
const trip = await publishTrip(driver);
const search = `/trips/search?from=36.7538,3.0588&to=35.6971,-0.6308`;

interface Health {
  status: string;
  checks: { database: { status: string } };
}

async function health(): Promise<Health> {
  const { value, seconds } = await timed(() => api.send("GET", "/api/v1/health"));
  assert.equal(value.status, 200);
  assert.ok(seconds < 1, `health took ${seconds} s`);
  return value.json<Health>();
}

const asked: [string, () => Promise<Answer>][] = [
  ["my profile", () => passenger.send("GET", "/users/me")],
  ["a trip, anonymously", () => api.send("GET", `/api/v1/trips/${trip.id}`)],
  ["a booking", () => passenger.send("POST", "/bookings", { body: { trip_id: trip.id, from_stop: 0, to_stop: 1, seats: 1, payment_method: "cash" } })],
  ["a one-time code", () => api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: "0799000001" } })],
  ["a search, signed in", () => passenger.send("GET", search)],
];

function checkOutage(name: string, stop: () => Promise<void>): void {
  describe(`PostgreSQL is ${name}`, () => {
    test("requests in flight are answered, with 503 at worst", async () => {
      let stopped = false;
      const answers: number[] = [];
      const clients = Array.from({ length: 8 }, async () => {
        do {
          const answer = await passenger.send("GET", "/users/me");
          if (answer.status !== 200) assertProblem(answer, 503, "dependency_unavailable");
          answers.push(answer.status);
        } while (!stopped || answers.at(-1) === 200);
      });
      await eventually("there is load", async () => answers.length > 100);
      await stop();
      stopped = true;
      await Promise.all(clients);
      assert.ok(answers.includes(200) && answers.includes(503));
    });

    test("health reports it and stays 200, ready is 503", async () => {
      await eventually("health is down", async () => (await health()).status === "down", { seconds: 3 });
      assert.equal((await health()).checks.database.status, "down");
      assertProblem(await api.send("GET", "/health/ready"), 503, "dependency_unavailable");
      assert.equal((await api.send("GET", "/health/live")).status, 200);
    });

    for (const [what, ask] of asked) {
      test(`${what} gets 503 soon`, async () => {
        const { value, seconds } = await timed(ask);
        assertProblem(value, 503, "dependency_unavailable");
        assert.ok(seconds < answersWithin, `it took ${seconds} s`);
        assert.ok(Number(value.header("retry-after")) >= 1);
      });
    }

    test("many requests at once get 503 soon as well", async () => {
      const { value, seconds } = await timed(() => Promise.all(Array.from({ length: 100 }, () => passenger.send("GET", "/users/me"))));
      for (const answer of value) assert.equal(answer.status, 503);
      assert.ok(seconds < answersWithin, `it took ${seconds} s`);
    });

    test("anonymous searches are still answered from memory", async () => {
      const answer = await api.send("GET", `/api/v1${search}`);
      assert.equal(answer.status, 200, answer.brief);
      assert.equal(answer.json<{ items: unknown[] }>().items.length, 1);
    });

    test("everything works again soon after its return, in the same process", async () => {
      await server.start();
      const back = await timed(async () => {
        await eventually("requests work", async () => (await passenger.send("GET", "/users/me")).status === 200);
        await eventually("it is ready", async () => (await api.send("GET", "/health/ready")).status === 200);
        await eventually("health is ok", async () => (await health()).status === "ok");
      });
      assert.ok(back.seconds <= resumesWithin, `it took ${back.seconds} s`);
      const many = await Promise.all(Array.from({ length: 50 }, () => passenger.send("GET", "/users/me")));
      for (const answer of many) assert.equal(answer.status, 200, answer.brief);
      assert.equal(api.program.pid, pid);
      assert.equal(api.program.over, false);
    });

    test("search finds trips published afterwards", async () => {
      const late = await newDriver(api);
      const other = await publishTrip(late);
      const found = await eventually("the new trip is found", async () => {
        const { items } = (await api.send("GET", `/api/v1${search}`)).json<{ items: { trip_id: string }[] }>();
        return items.find((item) => item.trip_id === other.id);
      });
      assert.ok(found);
      assert.equal((await late.send("POST", `/trips/${other.id}/cancel`)).status, 200);
      await eventually("it is gone again", async () => {
        const { items } = (await api.send("GET", `/api/v1${search}`)).json<{ items: unknown[] }>();
        return items.length === 1;
      });
    });
  });
}

checkOutage("stopped", () => server.stop());
checkOutage("crashed", () => server.crash());
