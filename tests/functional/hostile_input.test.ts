// Whatever a client sends, the answer stays short, and HTTP is parsed as other servers parse it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { signIn } from "./harness/people.ts";
import { get, request, Wire } from "./harness/wire.ts";
import { startWorld } from "./harness/world.ts";

const { api } = await startWorld();
const person = await signIn(api);
const most = 16_000; // bytes of an answer to bad input, its header included
const json = { "Content-Type": "application/json" };

async function answerTo(bytes: string): Promise<{ status: number; size: number; body: string }> {
  const wire = await Wire.open(api.port);
  const answer = await wire.ask(bytes);
  wire.close();
  const head = [...answer.headers].reduce((size, [name, value]) => size + name.length + value.length + 4, 0);
  return { status: answer.status, size: head + answer.body.length, body: answer.body.toString() };
}

const list = (times: number, item: (index: number) => string): string => Array.from({ length: times }, (_, index) => item(index)).join(",");
const nested = (depth: number, key: string, inner: string): string => `{"${key}":`.repeat(depth) + inner + "}".repeat(depth);

const bodies: Record<string, string> = {
  "nested objects whose inner ones repeat a key": nested(14, "k".repeat(250), `[${list(900, () => '{"a":1,"a":2,"a":3,"a":4,"a":5,"a":6,"a":7,"a":8}')}]`),
  "thousands of unknown fields": `{${list(5_000, (index) => `"x${index}":1`)}}`,
  "names of control characters": `{${list(100, (index) => `"${"\\u0001".repeat(80)}${index}":1`)}}`,
  "one name of 60 kB": `{"${"n".repeat(60_000)}":1}`,
  "names of emoji": `{${list(190, (index) => `"${"😀".repeat(50)}${index}":1`)}}`,
  "brackets only": "[".repeat(60_000),
  "a list of numbers": `[${list(30_000, () => "0")}]`,
  "half a character": '{"identifier":"\\ud800"}',
};

describe("an answer to a body is short", () => {
  for (const [name, body] of Object.entries(bodies)) {
    test(name, async () => {
      const answer = await answerTo(request("POST", "/api/v1/auth/otp/request", json, body));
      assert.ok([400, 422].includes(answer.status), `${answer.status} ${answer.body.slice(0, 200)}`);
      assert.ok(answer.size < most, `${answer.size} bytes`);
      assert.ok(JSON.parse(answer.body).errors.length <= 21);
    });
  }

  test("errors that are not listed are counted", async () => {
    const unknown = `{"identifier":"0550000000",${list(30, (index) => `"x${index}":1`)}}`;
    const answer = await answerTo(request("POST", "/api/v1/auth/otp/request", { ...json, "Accept-Language": "en" }, unknown));
    const { errors } = JSON.parse(answer.body) as { errors: { field: string; code: string; message: string }[] };
    assert.equal(errors.length, 21);
    assert.deepEqual(errors.at(-1), { field: "", code: "more_errors", message: "And 10 more." });
  });
});

test("an answer to a query or a header is short", async () => {
  const long = (character: string) => character.repeat(7_000);
  const token = { Authorization: `Bearer ${person.token}` };
  const asked = [
    get(`/api/v1/trips/search?${long("a")}`),
    get(`/api/v1/trips/search?${Array.from({ length: 64 }, (_, index) => `${"p".repeat(100)}${index}=1`).join("&")}`),
    get(`/api/v1/trips/search?${"a".repeat(3_000)}=1&${"a".repeat(3_000)}=2`),
    get(`/api/v1/places?cursor=${long("c")}`),
    get(`/api/v1/trips/${long("7")}`),
    ...["Authorization", "Accept-Language", "X-Forwarded-For", "Forwarded", "Origin", "X-Request-Id", "traceparent"].map((name) =>
      get("/api/v1/users/me", { [name]: long("x,") }),
    ),
    get("/api/v1/nowhere", { "If-None-Match": `"${long("e")}"`, Range: long("r"), Cookie: long("c").slice(0, 1_000) }),
    request("POST", "/api/v1/trips", { ...token, "Content-Type": long("t") }, "{}"),
    request("POST", "/api/v1/bookings/018f6d1e-0000-7000-8000-000000000000/cancel", { ...token, "Idempotency-Key": long("k") }),
    request("PATCH", "/api/v1/trips/018f6d1e-0000-7000-8000-000000000000", { ...token, ...json, "If-Match": '"1",'.repeat(1_500) }, "{}"),
  ];
  for (const bytes of asked) {
    const answer = await answerTo(bytes);
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} to ${bytes.slice(0, 60)}`);
    assert.ok(answer.size < most, `${answer.size} bytes to ${bytes.slice(0, 60)}`);
  }
});

describe("HTTP", () => {
  const chunked = (extension: string) =>
    `POST /api/v1/auth/otp/request HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2;x="${extension}"\r\n{}\r\n0\r\n\r\n`;
  const rows: [string, number, string][] = [
    ["a tab in a chunk extension", 422, chunked("\t")],
    ["LF in a chunk extension", 400, chunked("a\nb")],
    ["NUL in a chunk extension", 400, chunked("a\0b")],
    ["DEL in a chunk extension", 400, chunked("a\u007fb")],
    ["no Host", 400, "GET /health/live HTTP/1.1\r\n\r\n"],
    ["two Hosts", 400, "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"],
    ["an empty Host", 400, "GET /health/live HTTP/1.1\r\nHost:\r\n\r\n"],
    ["a Host with a path", 400, "GET /health/live HTTP/1.1\r\nHost: a/b\r\n\r\n"],
    ["a Host with a user", 400, "GET /health/live HTTP/1.1\r\nHost: u@a\r\n\r\n"],
    ["a Host with a word for a port", 400, "GET /health/live HTTP/1.1\r\nHost: a:b\r\n\r\n"],
    ["another authority in the target", 200, "GET http://b/health/live HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["HTTP/1.0 without Host", 200, "GET /health/live HTTP/1.0\r\n\r\n"],
    ["an unknown expectation", 417, "GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"],
    ["a list of expectations", 200, "GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, 100-Continue\r\n\r\n"],
    ["a folded line", 400, "GET /health/live HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n"],
    ["an unknown method", 501, "BREW /health/live HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["an unknown method for no path", 501, "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method in small letters", 501, "get /health/live HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method that the path does not take", 405, "DELETE /health/live HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a token in a trailer", 401, "POST /api/v1/auth/logout HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: Bearer x\r\n\r\n"],
  ];
  for (const [name, status, bytes] of rows) {
    test(`${name}: ${status}`, async () => {
      assert.equal((await answerTo(bytes)).status, status);
    });
  }

  test("a refusal of HEAD has no content", async () => {
    for (const rest of ["/api/v1/nowhere", "/api/v1/auth/otp/request", `/${"a".repeat(9_000)}`]) {
      const wire = await Wire.open(api.port);
      wire.write(`HEAD ${rest} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      const answer = await wire.read(true);
      assert.ok(answer.status >= 400);
      assert.ok(Number(answer.headers.get("content-length")) > 0, "what GET would have");
      await assert.rejects(wire.read(), /after 0 bytes/, "nothing follows");
      wire.close();
    }
  });
});

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, { oneOf?: unknown[] }> };
}
const contract = (await api.send("GET", "/api/v1/openapi.json")).json<Described>();

describe("the contract", () => {
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, operation]) => ({ name: `${verb} ${path}`, statuses: Object.keys(operation.responses), path })),
  );

  test("names every status that the server itself sends", () => {
    for (const { name, statuses, path } of operations) {
      const always = ["400", "401", "405", "408", "413", "414", "415", "417", "422", "429", "431", "500", "501", "503", "504"];
      for (const status of path.includes("{") ? [...always, "404"] : always) assert.ok(statuses.includes(status), `${name}: ${status}`);
    }
  });

  test("has readable patterns, and exactly one proof for boarding", () => {
    const patterns = [...JSON.stringify(contract).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text as string) as string);
    assert.ok(patterns.length > 10);
    for (const pattern of patterns) assert.doesNotThrow(() => new RegExp(pattern, "u"), pattern);
    assert.equal(contract.components.schemas["Board"]?.oneOf?.length, 2);
  });
});
