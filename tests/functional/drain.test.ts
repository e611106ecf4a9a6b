// SIGTERM under load: every request that was sent gets its complete answer, or was never accepted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Api } from "./harness/api.ts";
import { signIn } from "./harness/people.ts";
import { eventually, timed } from "./harness/waiting.ts";
import { get, request, Unanswered, Wire } from "./harness/wire.ts";
import { startApi, startWorld } from "./harness/world.ts";

const { database, api: other } = await startWorld();
const person = await signIn(other);

interface Tally {
  answered: Set<string>; // kinds of consents that were recorded, as the answers say
  unanswered: { kind: string; onFreshConnection: boolean; received: number }[];
  closes: number; // answers that said Connection: close
}

let lastConsent = 0;

function consent(kind: string): string {
  const headers = { Authorization: `Bearer ${person.token}`, "Content-Type": "application/json" };
  return request("POST", "/api/v1/users/me/consents", headers, JSON.stringify({ kind, granted: true }));
}

/** Sends request after request on a kept connection, opens another when told to, until the port is closed. */
async function keepSending(api: Api, tally: Tally): Promise<void> {
  let wire: Wire | undefined;
  let fresh = true;
  for (;;) {
    if (wire === undefined) {
      try {
        wire = await Wire.open(api.port);
      } catch {
        return; // refused: no request was sent
      }
      fresh = true;
    }
    lastConsent += 1;
    const kind = `load-${lastConsent}`;
    try {
      const answer = await wire.ask(consent(kind));
      assert.equal(answer.status, 204, answer.body.toString());
      tally.answered.add(kind);
      fresh = false;
      if (answer.headers.get("connection") !== "close") continue;
      tally.closes += 1;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      tally.unanswered.push({ kind, onFreshConnection: fresh, received: error.received });
    }
    wire.close();
    wire = undefined;
  }
}

async function recorded(kinds: Iterable<string>): Promise<number> {
  return database.value("select count(distinct kind) from consents where kind = any($1)", [...kinds]);
}

for (const delay of ["0s", "1s"]) {
  test(`no request is lost with DRAIN_DELAY=${delay}`, async () => {
    const api = await startApi(database, { DRAIN_DELAY: delay });
    const tally: Tally = { answered: new Set(), unanswered: [], closes: 0 };
    const clients = Array.from({ length: 24 }, () => keepSending(api, tally));
    await eventually("there is load", async () => tally.answered.size > 300);
    const before = tally.answered.size;
    const ending = await api.stop();
    await Promise.all(clients);

    assert.deepEqual(ending, { code: 0, signal: null });
    assert.ok(tally.answered.size > before, "requests were answered while it drained");
    if (delay !== "0s") assert.ok(tally.closes >= clients.length, "each client was asked to go elsewhere");
    assert.deepEqual(tally.unanswered.filter((sent) => sent.received > 0), [], "an answer was cut");
    // Without a delay, a kept connection may be closed while its next request is on the way: no client could be warned.
    const lost = tally.unanswered.filter((sent) => !sent.onFreshConnection);
    if (delay !== "0s") assert.deepEqual(lost, [], "a request on a kept connection was lost");
    assert.equal(await recorded(tally.answered), tally.answered.size, "what was answered was done");
    assert.equal(await recorded(tally.unanswered.map(({ kind }) => kind)), 0, "what was not answered was not done");
  });
}

describe("while it drains", () => {
  test("it is not ready, but alive, answers and asks all clients to go elsewhere", async () => {
    const api = await startApi(database, { DRAIN_DELAY: "2s" });
    const kept = await Wire.open(api.port);
    assert.equal((await kept.ask(get("/health/ready"))).headers.get("connection"), undefined);
    api.program.signal("SIGTERM");
    await eventually("it is not ready", async () => (await api.send("GET", "/health/ready")).status === 503, { seconds: 2 });

    const mine = await kept.ask(get("/api/v1/users/me", { Authorization: `Bearer ${person.token}` }));
    assert.equal(mine.status, 200);
    assert.equal(mine.headers.get("connection"), "close");
    await kept.end();
    for (const path of ["/health/live", "/api/v1/health"]) {
      const answer = await api.send("GET", path);
      assert.equal(answer.status, 200);
      assert.equal(answer.header("connection"), "close");
    }
    assert.deepEqual(await api.program.ended, { code: 0, signal: null });
  });

  test("a request that is still being sent is read to the end and answered", async () => {
    const api = await startApi(database, { DRAIN_DELAY: "0s" });
    const wire = await Wire.open(api.port);
    const text = consent("slow-sender");
    const middle = text.length - 10;
    wire.write(text.slice(0, middle));
    const warm = await Wire.open(api.port);
    await warm.ask(get("/health/live")); // everything written before has been read by now
    api.program.signal("SIGTERM");
    await eventually("new connections are refused", () => refused(api.port));
    wire.write(text.slice(middle));
    assert.equal((await wire.read()).status, 204);
    assert.equal(await recorded(["slow-sender"]), 1);
    assert.deepEqual(await api.program.ended, { code: 0, signal: null });
  });

  test("silent connections do not hold it up", async () => {
    const api = await startApi(database, { DRAIN_DELAY: "0s" });
    const idle = await Promise.all(Array.from({ length: 50 }, () => Wire.open(api.port)));
    await Promise.all(idle.slice(0, 25).map((wire) => wire.ask(get("/health/live"))));
    const { value, seconds } = await timed(() => api.stop());
    assert.deepEqual(value, { code: 0, signal: null });
    assert.ok(seconds < 5, `it took ${seconds} s`);
    await Promise.all(idle.map((wire) => wire.end()));
  });
});

async function refused(port: number): Promise<boolean> {
  try {
    (await Wire.open(port)).close();
    return false;
  } catch {
    return true;
  }
}

