// What production refuses to start with, and what it does not serve.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { apiBinary, dataFolder } from "./harness/environment.ts";
import { assertProblem } from "./harness/languages.ts";
import { Program } from "./harness/program.ts";
import { startApi, startWorld } from "./harness/world.ts";

const { database } = await startWorld();
const secret = "0123456789abcdef-of-this-test-only-0123456789";

async function refusal(environment: Record<string, string>): Promise<string> {
  const program = new Program(apiBinary, ["serve"], environment);
  const { code } = await program.ended;
  assert.equal(code, 2, program.output);
  return program.output;
}

describe("a start is refused", () => {
  test("with every missing name at once", async () => {
    const words = await refusal({});
    assert.match(words, /DATABASE_URL/);
    assert.match(words, /JWT_SECRET/);
  });

  test("with a weak secret, without showing its value", async () => {
    for (const weak of ["tooshort", "changeme-changeme-changeme-changeme-changeme"]) {
      const words = await refusal({ DATABASE_URL: "postgresql:///x", JWT_SECRET: weak });
      assert.match(words, /JWT_SECRET/);
      assert.ok(!words.includes(weak), words);
    }
  });

  test("in development on an address that is reachable from outside", async () => {
    const words = await refusal({ SAFARGO_ENV: "development", BIND: "0.0.0.0", DATABASE_URL: "postgresql:///x", JWT_SECRET: secret });
    assert.match(words, /BIND/);
  });

  test("with invalid lists and addresses, all at once and without their values", async () => {
    const base = { DATABASE_URL: "postgresql:///x", JWT_SECRET: secret };
    const wrong = {
      BIND: "hunter2",
      LOG_LEVEL: "hunter2",
      PUBLIC_URL: "hunter2",
      WEB_URL: "https://hunter2.dz/path",
      CORS_ORIGINS: "https://safargo.com,hunter2",
      TRUSTED_PROXIES: "10.0.0.0/8,hunter2",
      METRICS_TOKEN: "changeme",
      DATABASE_DIRECT_URL: "postgresql://...",
    };
    const words = await refusal({ ...base, ...wrong });
    for (const name of Object.keys(wrong)) assert.match(words, new RegExp(`^ *${name}: `, "m"));
    assert.ok(!words.includes("hunter2"), words);
    assert.ok(!words.includes("changeme"), words);
  });

  test("with invalid numbers, and an unknown environment", async () => {
    const base = { DATABASE_URL: "postgresql:///x", JWT_SECRET: secret };
    const wrong = { SAFARGO_ENV: "test", PORT: "http", THREADS: "0", DRAIN_DELAY: "soon", KYC_REQUIRED: "maybe" };
    const words = await refusal({ ...base, ...wrong });
    for (const name of Object.keys(wrong)) assert.match(words, new RegExp(name));
  });
});

describe("production", async () => {
  const token = "metrics-token-of-this-test";
  const api = await startApi(database, { SAFARGO_ENV: "production", METRICS_TOKEN: token, SAFARGO_DATA_DIR: dataFolder });

  for (const path of ["/dev/outbox", "/dev/sandbox/faults", "/dev/sandbox/checkouts/1"]) {
    test(`has no ${path}`, async () => {
      assertProblem(await api.send("GET", path), 404, "not_found");
    });
  }

  test("has no demo account to sign in on /docs", async () => {
    const answer = await api.send("GET", "/docs/accounts.json");
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json(), []);
  });

  test("shows metrics only to the bearer of the token", async () => {
    assertProblem(await api.send("GET", "/metrics"), 401, "unauthenticated");
    assertProblem(await api.send("GET", "/metrics", { token: "another" }), 401, "unauthenticated");
    const answer = await api.send("GET", "/metrics", { token });
    assert.equal(answer.status, 200);
    assert.match(answer.text, /^# (HELP|TYPE) /m);
  });

  test("lets no unlisted web origin read", async () => {
    const answer = await api.send("GET", "/api/v1/health", { headers: { origin: "http://127.0.0.1:3001" } });
    assert.equal(answer.header("access-control-allow-origin"), null);
  });

  test("limits clients on its own machine too", async () => {
    const answer = await api.send("GET", "/api/v1/nowhere");
    assert.equal(answer.header("ratelimit-limit"), "600");
  });
});
