// All real systems on, two replicas, people at work: each system is stopped, frozen, slowed and restarted, one after the other.
// People then wait a little, or are told to come back; nothing that they were promised is lost, and health says which system it is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Api } from "../harness/api.ts";
import { missing, System, type SystemName, systemNames, variablesOfAll, type Wires, wiresTo } from "../harness/systems.ts";
import { eventually } from "../harness/waiting.ts";
import { startApi, startWorld } from "../harness/world.ts";
import { checkNames, healthOf, metricOf } from "./health.ts";
import { PeopleAtWork } from "./people_at_work.ts";
import { type Outcome, Traffic } from "./traffic.ts";
import { UploadsAtWork } from "./uploads_at_work.ts";

const noticedWithin = 45; // seconds; S3 is looked at every 5
const healedWithin = 45;
const slowMs = 250; // in each direction

/** The longest that somebody waits for an answer, in seconds, whatever is wrong. */
const patience: Record<string, number> = { search: 2, places: 5, code: 5, booking: 5, profile: 5, upload: 20 };

/** What may be refused, and told to come back, while a system is disturbed; everything else works as ever. */
const refused: Record<SystemName, string[]> = { redis: [], s3: ["upload"], opensearch: [] };

interface Disturbance {
  name: string;
  begin(system: System, wires: Wires): Promise<void>;
  end(system: System, wires: Wires): Promise<void>;
  /** Health must say so. */
  seen: boolean;
}

function slow(wires: Wires, delayMs: number): void {
  for (const proxy of wires.proxies) proxy.delayMs = delayMs;
}

const disturbances: Disturbance[] = [
  { name: "stopped", seen: true, begin: (system) => system.stop(), end: (system) => system.start() },
  { name: "frozen", seen: true, begin: async (system) => system.freeze(), end: async (system) => system.thaw() },
  { name: "slowed", seen: false, begin: async (_, wires) => slow(wires, slowMs), end: async (_, wires) => slow(wires, 0) },
  {
    name: "restarted",
    seen: false,
    begin: async (system) => {
      await system.stop();
      await system.start();
    },
    end: async () => undefined,
  },
];

const works: Record<string, number> = { search: 200, places: 200, code: 202, booking: 201, profile: 200, upload: 200 };

function judge(outcomes: Outcome[], mayBeRefused: string[]): void {
  for (const outcome of outcomes) {
    const told = `${outcome.kind}: ${outcome.status} ${outcome.code} after ${outcome.seconds.toFixed(2)} s`;
    assert.ok(outcome.seconds < (patience[outcome.kind] ?? 1), told);
    if (outcome.status === works[outcome.kind]) continue;
    assert.ok(mayBeRefused.includes(outcome.kind), told);
    // What does not answer at all is waited for until its deadline.
    assert.ok(outcome.status === 503 || outcome.status === 504, told);
    assert.equal(outcome.code, outcome.status === 504 ? "timeout" : "dependency_unavailable", told);
    assert.ok(outcome.status === 504 || outcome.retryAfter >= 1, `${told}, without Retry-After`);
  }
}

describe("with all real systems", { skip: missing(...systemNames) }, () => {
  const systems = new Map<SystemName, System>();
  const wires = new Map<SystemName, Wires>();
  let replicas: Api[] = [];
  let people: PeopleAtWork;
  let traffic: Traffic;

  before(async () => {
    for (const name of systemNames) systems.set(name, await System.create(name));
    for (const [name, system] of systems) wires.set(name, await wiresTo(system));
    const environment = Object.assign({ API_REPLICAS: "2" }, await variablesOfAll([...systems.values()]));
    for (const { variables } of wires.values()) Object.assign(environment, variables);
    const { database, api } = await startWorld({ environment, seeded: true });
    replicas = [api, await startApi(database, environment)];
    people = await PeopleAtWork.gather(api, database);
    traffic = new Traffic(replicas);
    await people.begin(traffic, await UploadsAtWork.gather(api), replicas);
  });
  after(() => traffic.stop());

  async function everywhere(what: string, seconds: number, holds: (api: Api) => Promise<boolean>): Promise<void> {
    for (const api of replicas) await eventually(`${what} at ${api.origin}`, () => holds(api), { seconds });
  }

  test("health names each of them, and all is well", async () => {
    await everywhere("health is ok", healedWithin, async (api) => {
      const health = await healthOf(api);
      assert.deepEqual(checkNames.filter((name) => health.checks[name]?.status !== "ok"), []);
      return health.status === "ok";
    });
    await traffic.makes(1); // caches and connections are warm
    const moment = performance.now();
    await traffic.makes(5);
    judge(traffic.since(moment), []);
  });

  test("metrics count what is asked of each", async () => {
    for (const series of ["safargo_redis_commands_total", "safargo_outbound_requests_total", "safargo_place_searches_total"]) {
      assert.ok((await metricOf(replicas[0] as Api, series)) > 0, series);
    }
  });

  for (const name of systemNames) {
    for (const disturbance of disturbances) {
      test(`${name} is ${disturbance.name}`, async () => {
        const system = systems.get(name) as System;
        const wire = wires.get(name) as Wires;
        const moment = performance.now();
        await disturbance.begin(system, wire);
        try {
          if (disturbance.seen) await everywhere(`health names ${name}`, noticedWithin, (api) => isNamed(api, name));
          await traffic.makes(5);
          if (name === "s3" && disturbance.name === "frozen") refusedAtOnce(traffic.since(moment));
        } finally {
          await disturbance.end(system, wire);
        }
        await everywhere(`${name} is well again`, healedWithin, async (api) => (await healthOf(api)).status === "ok");
        judge(traffic.since(moment), refused[name]);

        const healed = performance.now();
        await traffic.makes(3);
        judge(traffic.since(healed), []);
      });
    }
  }

  test("nothing was lost, and nobody was served twice", async () => {
    await traffic.stop();
    await people.checkNothingIsLost();
  });
});

/** The first wait for the store in vain; what they found keeps the others from waiting. */
function refusedAtOnce(outcomes: Outcome[]): void {
  const last = outcomes.filter(({ kind }) => kind === "upload").at(-1);
  assert.equal(last?.status, 503, `after ${last?.seconds.toFixed(2)} s`);
}

/** This system is in trouble, no other is, and the replica keeps its traffic. */
async function isNamed(api: Api, name: SystemName): Promise<boolean> {
  const health = await healthOf(api);
  if (health.checks[name]?.status === "ok") return false;
  assert.equal(health.status, "degraded");
  for (const other of checkNames) if (other !== name) assert.equal(health.checks[other]?.status, "ok", other);
  assert.equal((await api.send("GET", "/health/ready")).status, 200);
  return true;
}
