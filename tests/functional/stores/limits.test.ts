// Limits are counted once for all replicas, by Redis. Without it each replica allows its share, so that together they never allow
// more than the limit; health and metrics say so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import type { Api } from "../harness/api.ts";
import type { Answer } from "../harness/http.ts";
import { assertProblem } from "../harness/languages.ts";
import { newPhone, type Person, signIn } from "../harness/people.ts";
import { missing, System } from "../harness/systems.ts";
import { eventually } from "../harness/waiting.ts";
import { startApi, startWorld } from "../harness/world.ts";
import { healthOf, metricOf } from "./health.ts";

const perUser = 12; // a minute
const perAddress = 6; // codes in five minutes
const replicasCount = 2;

describe("limits with Redis", { skip: missing("redis") }, () => {
  let redis: System;
  let replicas: [Api, Api];
  let entrance: Api; // where people sign in, uncounted

  before(async () => {
    redis = await System.create("redis");
    const environment = {
      ...redis.variables,
      API_REPLICAS: String(replicasCount),
      RATE_LIMIT_USER: String(perUser),
      OTP_IP_LIMIT: String(perAddress),
      TRUSTED_PROXIES: "127.0.0.1",
    };
    const { database, api } = await startWorld();
    entrance = api;
    replicas = [await startApi(database, environment), await startApi(database, environment)];
    await redisIs("ok");
  });

  async function redisIs(wanted: "ok" | "in trouble"): Promise<void> {
    for (const api of replicas) {
      await eventually(`Redis is ${wanted} at ${api.origin}`, async () => {
        const { checks, status } = await healthOf(api);
        return wanted === "ok" ? checks.redis?.status === "ok" : checks.redis?.status !== "ok" && status === "degraded";
      }, { seconds: 30 });
    }
  }

  const addresses = (function* () {
    for (let last = 1; ; last += 1) yield `192.0.2.${last}`;
  })();

  function somebody(): Promise<Person> {
    return signIn(entrance);
  }

  function ask(api: Api, person: Person): Promise<Answer> {
    return api.send("GET", "/api/v1/users/me", { token: person.token });
  }

  function askForCode(api: Api, address: string): Promise<Answer> {
    const headers = { "x-forwarded-for": address };
    return api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: newPhone() }, headers });
  }

  /** How many of `count` requests at once were allowed; the others got 429 and when to come back. */
  async function allowedOf(count: number, request: (turn: number) => Promise<Answer>, good: number): Promise<number> {
    const answers = await Promise.all(Array.from({ length: count }, (_, turn) => request(turn)));
    const [allowed, others] = [answers.filter(({ status }) => status === good), answers.filter(({ status }) => status !== good)];
    for (const answer of others) {
      assertProblem(answer, 429, "rate_limited");
      assert.ok(Number(answer.header("retry-after")) >= 1);
    }
    return allowed.length;
  }

  async function fallbacks(): Promise<number> {
    const each = await Promise.all(replicas.map((api) => metricOf(api, "safargo_rate_limit_fallback_total")));
    return each.reduce((sum, count) => sum + count, 0);
  }

  /** What Redis does not decide within 50 ms (on a busy machine) is counted by one replica alone: such a round says nothing. */
  async function byRedis(round: () => Promise<() => void>): Promise<void> {
    for (let turn = 1; ; turn += 1) {
      const before = await fallbacks();
      const judge = await round();
      if ((await fallbacks()) === before || turn === 20) return judge();
      await redisIs("ok");
    }
  }

  test("an account's requests are counted for both replicas", () =>
    byRedis(async () => {
      const person = await somebody();
      const answers: Answer[] = [];
      for (let turn = 0; turn < perUser + 2; turn += 1) answers.push(await ask(replicas[turn % 2] as Api, person));
      return () => {
        const allowed = answers.slice(0, perUser);
        for (const answer of allowed) assert.equal(answer.status, 200, answer.brief);
        const remaining = allowed.map((answer) => Number(answer.header("ratelimit-remaining")));
        assert.deepEqual(remaining, Array.from({ length: perUser }, (_, turn) => perUser - 1 - turn));
        for (const answer of answers.slice(perUser)) assertProblem(answer, 429, "rate_limited");
      };
    }));

  test("requests at once, at both, get exactly the limit", () =>
    byRedis(async () => {
      const person = await somebody();
      const allowed = await allowedOf(40, (turn) => ask(replicas[turn % 2] as Api, person), 200);
      return () => assert.equal(allowed, perUser);
    }));

  test("codes for an address are counted for both replicas", () =>
    byRedis(async () => {
      const address = addresses.next().value as string;
      const allowed = await allowedOf(10, (turn) => askForCode(replicas[turn % 2] as Api, address), 202);
      return () => assert.equal(allowed, perAddress);
    }));

  test("a master that dies costs seconds, in which the limits hold", async () => {
    const [port = ""] = readFileSync(`${redis.home}/ports`, "utf8").split("\n");
    process.kill(Number(readFileSync(`${redis.home}/${port}/pid`, "utf8")), "SIGKILL");
    const died = performance.now();
    while (performance.now() - died < 5_000) await holds(await somebody());
    await redisIsShared(15 - (performance.now() - died) / 1000);
    await redis.start(); // the old master comes back as a replica
    await redisIs("ok");
  });

  /** Counted by Redis until it is gone, then by each replica's share: never more than both together. */
  async function holds(person: Person): Promise<void> {
    const allowed = await allowedOf(60, (turn) => ask(replicas[turn % 2] as Api, person), 200);
    assert.ok(allowed <= 2 * perUser, `${allowed} of 60 requests were allowed`);
  }

  /** Whatever key: several people are counted for both replicas. */
  async function redisIsShared(seconds: number): Promise<void> {
    await eventually("limits are shared", async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        const person = await somebody();
        if ((await allowedOf(30, (each) => ask(replicas[each % 2] as Api, person), 200)) !== perUser) return false;
      }
      return true;
    }, { seconds: Math.max(1, seconds), every: 200 });
  }

  test("without Redis each replica allows its share", async () => {
    const counted = await Promise.all(replicas.map((api) => metricOf(api, "safargo_rate_limit_fallback_total")));
    await redis.stop();
    await redisIs("in trouble");
    const person = await somebody();
    for (const [index, api] of replicas.entries()) {
      assert.equal(await allowedOf(30, () => ask(api, person), 200), perUser / replicasCount);
      assert.ok((await metricOf(api, "safargo_rate_limit_fallback_total")) >= (counted[index] ?? 0) + 30);
    }
    const address = addresses.next().value as string;
    for (const api of replicas) {
      assert.equal(await allowedOf(10, () => askForCode(api, address), 202), perAddress / replicasCount);
    }
  });

  test("limits are shared again once Redis is back", async () => {
    await redis.start();
    await redisIs("ok");
    await redisIsShared(15);
  });
});
