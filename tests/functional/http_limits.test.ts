// Sizes, rates, and which client a request counts for.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertProblem } from "./harness/languages.ts";
import { newPhone, signIn } from "./harness/people.ts";
import { get, request, Wire } from "./harness/wire.ts";
import { startApi, startWorld } from "./harness/world.ts";

const perMinute = 5;
const perUser = 6;
const codesPerAddress = 4;

const { api, database } = await startWorld();
const behindProxy = await startApi(database, {
  TRUSTED_PROXIES: "127.0.0.0/8",
  RATE_LIMIT_IP: String(perMinute),
  RATE_LIMIT_USER: String(perUser),
  OTP_IP_LIMIT: String(codesPerAddress),
});
const direct = await startApi(database, { RATE_LIMIT_IP: String(perMinute), OTP_IP_LIMIT: String(codesPerAddress) });

function from(address: string): { headers: Record<string, string> } {
  return { headers: { "x-forwarded-for": address } };
}

describe("requests per address", () => {
  test("are counted, announced and refused for a while", async () => {
    for (let left = perMinute - 1; left >= 0; left -= 1) {
      const answer = await behindProxy.send("GET", "/api/v1/nowhere", from("198.51.100.1"));
      assert.equal(answer.status, 404);
      assert.equal(answer.header("ratelimit-limit"), String(perMinute));
      assert.equal(answer.header("ratelimit-remaining"), String(left));
      assert.ok(Number(answer.header("ratelimit-reset")) <= 60);
    }
    const refused = await behindProxy.send("GET", "/api/v1/nowhere", from("198.51.100.1"));
    assertProblem(refused, 429, "rate_limited");
    const wait = Number(refused.header("retry-after"));
    assert.ok(wait >= 1 && wait <= 60, `Retry-After: ${wait}`);
  });

  test("of another address are still served", async () => {
    assert.equal((await behindProxy.send("GET", "/api/v1/nowhere", from("198.51.100.2"))).status, 404);
  });

  test("are those of the last hop that no trusted proxy has written", async () => {
    const spoofed = (i: number) => from(`203.0.113.${i}, 198.51.100.3`);
    for (let i = 0; i < perMinute; i += 1) {
      assert.equal((await behindProxy.send("GET", "/api/v1/nowhere", spoofed(i))).status, 404);
    }
    assertProblem(await behindProxy.send("GET", "/api/v1/nowhere", spoofed(99)), 429, "rate_limited");
  });

  test("do not count for health", async () => {
    for (let i = 0; i < 3 * perMinute; i += 1) {
      for (const path of ["/api/v1/health", "/health/live", "/health/ready"]) {
        assert.equal((await behindProxy.send("GET", path, from("198.51.100.4"))).status, 200);
      }
    }
  });

  test("are not believed without a trusted proxy: this is a loopback client of development", async () => {
    for (let i = 0; i < 3 * perMinute; i += 1) {
      assert.equal((await direct.send("GET", "/api/v1/nowhere", from("198.51.100.5"))).status, 404);
    }
  });
});

test("requests per person are counted wherever they come from", async () => {
  const person = await signIn(api);
  const asked = (i: number) => ({ token: person.token, ...from(`198.51.101.${i}`) });
  for (let i = 0; i < perUser; i += 1) {
    assert.equal((await behindProxy.send("GET", "/api/v1/users/me", asked(i))).status, 200);
  }
  const refused = await behindProxy.send("GET", "/api/v1/users/me", asked(99));
  assertProblem(refused, 429, "rate_limited");
  assert.ok(Number(refused.header("retry-after")) >= 1);
  assert.equal(refused.header("ratelimit-limit"), String(perUser), "the limit that refused");
  assert.equal(refused.header("ratelimit-remaining"), "0");
  assert.equal((await api.send("GET", "/api/v1/users/me", { token: person.token })).status, 200, "each process counts");
});

describe("one-time codes", () => {
  test("three in five minutes per person, however the identifier is written", async () => {
    const phone = newPhone();
    const spellings = [phone, phone.replace("+213", "0"), phone.replace("+213", "00213 ")];
    for (const identifier of spellings) {
      const answer = await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier } });
      assert.equal(answer.status, 202, answer.brief);
    }
    const refused = await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: phone } });
    assertProblem(refused, 429, "rate_limited");
    const wait = Number(refused.header("retry-after"));
    assert.ok(wait > 270 && wait <= 300, `until the first of the three is five minutes old: ${wait}`);
  });

  test("a limited number for one address", async () => {
    for (let i = 0; i <= codesPerAddress; i += 1) {
      const asked = { body: { identifier: newPhone() }, ...from("198.51.100.6") };
      const answer = await behindProxy.send("POST", "/api/v1/auth/otp/request", asked);
      if (i < codesPerAddress) assert.equal(answer.status, 202, answer.brief);
      else assertProblem(answer, 429, "rate_limited");
    }
  });
});

describe("one-time codes of one address", () => {
  test("are those of one IPv6 subscriber, who has 2^64 of them", async () => {
    for (let i = 0; i <= codesPerAddress; i += 1) {
      const asked = { body: { identifier: newPhone() }, ...from(`2001:db8:7:7::${i + 1}`) };
      const answer = await behindProxy.send("POST", "/api/v1/auth/otp/request", asked);
      if (i < codesPerAddress) assert.equal(answer.status, 202, answer.brief);
      else assertProblem(answer, 429, "rate_limited");
    }
  });

  test("are not counted for a developer's own machine", async () => {
    for (let i = 0; i <= codesPerAddress; i += 1) {
      const answer = await direct.send("POST", "/api/v1/auth/otp/request", { body: { identifier: newPhone() } });
      assert.equal(answer.status, 202, answer.brief);
    }
  });
});

describe("sizes", () => {
  const path = "/api/v1/auth/otp/request";
  const json = { "Content-Type": "application/json" };
  const most = 64 * 1024; // bytes of a body

  test("a body of the largest size is read, one byte more is 413", async () => {
    const wanted = JSON.stringify({ identifier: newPhone() });
    const largest = await api.send("POST", path, { body: wanted + " ".repeat(most - wanted.length) });
    assert.equal(largest.status, 202, largest.brief);
    assertProblem(await api.send("POST", path, { body: " ".repeat(most + 1) }), 413, "payload_too_large");
  });

  test("a body that declares itself too large is refused before it is sent", async () => {
    const wire = await Wire.open(api.port);
    wire.write(request("POST", path, { ...json, "Content-Length": "3000000000", Expect: "100-continue" }));
    assert.equal((await wire.read()).status, 413);
    await wire.end();
    wire.close();
  });

  test("a chunked body that grows too large is 413", async () => {
    const wire = await Wire.open(api.port);
    wire.write(request("POST", path, { ...json, "Transfer-Encoding": "chunked" }));
    const chunk = " ".repeat(8_000);
    for (let sent = 0; sent <= most; sent += chunk.length) wire.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    assert.equal((await wire.read()).status, 413);
    wire.close();
  });

  test("a header that is too large is 431, an address 414", async () => {
    const wire = await Wire.open(api.port);
    assert.equal((await wire.ask(get("/health/live", { "X-Large": "a".repeat(20_000) }))).status, 431);
    wire.close();
    const other = await Wire.open(api.port);
    assert.equal((await other.ask(get(`/health/live?${"a".repeat(9_000)}`))).status, 414);
    other.close();
  });

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]) {
    test(`Content-Type "${type}" is 415`, async () => {
      const wire = await Wire.open(api.port);
      const headers = type === "" ? {} : { "Content-Type": type };
      const answer = await wire.ask(request("POST", "/api/v1/auth/otp/request", headers, '{"identifier":"0550000000"}'));
      assert.equal(answer.status, 415, answer.body.toString());
      assert.equal(JSON.parse(answer.body.toString()).code, "unsupported_media_type");
      wire.close();
    });
  }
});
