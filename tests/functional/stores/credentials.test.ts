// Credentials that a system refuses, and settings that cannot be right. The service starts without the system that refuses it, and
// says which one it is; what cannot be right stops the start. No secret is shown.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Api } from "../harness/api.ts";
import { apiBinary } from "../harness/environment.ts";
import { signIn } from "../harness/people.ts";
import { Program } from "../harness/program.ts";
import { missing, sharedSystems, type SystemName } from "../harness/systems.ts";
import { eventually } from "../harness/waiting.ts";
import { startApi, startWorld } from "../harness/world.ts";
import { healthOf } from "./health.ts";

const { database } = await startWorld({ seeded: true });
const wrongSecret = "5ad7c1b04f3e96822d0c8e51";

/** The address with another password. */
function withWrongPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^:]*:)[^@]*@/, `$1${wrongSecret}@`);
}

const wrong: Record<SystemName, (right: Record<string, string>) => Record<string, string>> = {
  redis: (right) => ({ ...right, REDIS_URL: withWrongPassword(right["REDIS_URL"] ?? "") }),
  s3: (right) => ({ ...right, AWS_SECRET_ACCESS_KEY: wrongSecret }),
  opensearch: (right) => ({ ...right, OPENSEARCH_URL: withWrongPassword(right["OPENSEARCH_URL"] ?? "") }),
};

async function serves(api: Api): Promise<void> {
  assert.equal((await api.send("GET", "/health/ready")).status, 200);
  const person = await signIn(api);
  assert.equal((await person.send("GET", "/users/me")).status, 200);
  const places = await api.send("GET", "/api/v1/places?q=timgad");
  assert.equal(places.status, 200, places.brief);
  assert.equal(places.json<{ items: { slug: string }[] }>().items[0]?.slug, "timgad");
}

for (const [name, spoil] of Object.entries(wrong) as [SystemName, (typeof wrong)[SystemName]][]) {
  test(`a wrong secret for ${name} costs its part only, and is not shown`, { skip: missing(name) }, async () => {
    const right = await sharedSystems(name);
    const api = await startApi(database, spoil(right));
    await eventually(`health names ${name}`, async () => {
      const { status, checks } = await healthOf(api);
      return status === "degraded" && checks[name] !== undefined && checks[name].status !== "ok";
    }, { seconds: 20 });
    await serves(api);
    const health = JSON.stringify(await healthOf(api));
    for (const secret of [wrongSecret, right["AWS_SECRET_ACCESS_KEY"]]) {
      if (secret === undefined) continue;
      assert.ok(!api.program.output.includes(secret), "a secret in the log");
      assert.ok(!health.includes(secret), "a secret in health");
    }
    await api.stop();
  });
}

describe("a start is refused", () => {
  const base = { DATABASE_URL: database.url, JWT_SECRET: "0123456789abcdef-of-this-test-only-0123456789" };
  const settings: [string, string][] = [
    ["REDIS_URL", "hunter2"],
    ["REDIS_URL", "redis://:hunter2@"],
    ["OPENSEARCH_URL", "https://hunter2/with/a/path"],
    ["S3_ENDPOINT", "hunter2"],
    ["API_REPLICAS", "0"],
  ];
  for (const [name, value] of settings) {
    test(`with ${name} that cannot be right`, async () => {
      const program = new Program(apiBinary, ["serve"], { ...base, S3_REGION: "us-east-1", [name]: value });
      const { code } = await program.ended;
      assert.equal(code, 2, program.output);
      assert.match(program.output, new RegExp(name));
      assert.ok(!program.output.includes("hunter2"), program.output);
    });
  }

  test("with an authority that cannot be read", async () => {
    const environment = { ...base, S3_REGION: "us-east-1", SAFARGO_CA_FILE: "/nowhere/authority.pem" };
    const program = new Program(apiBinary, ["serve"], environment);
    assert.notEqual((await program.ended).code, 0);
    assert.match(program.output, /\/nowhere\/authority\.pem/);
  });
});
