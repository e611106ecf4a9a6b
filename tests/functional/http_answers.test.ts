// What every answer carries, and the methods, languages and encodings of HTTP.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { assertProblem } from "./harness/languages.ts";
import { get, request, Wire } from "./harness/wire.ts";
import { startWorld } from "./harness/world.ts";

const { api } = await startWorld({ environment: { CORS_ORIGINS: "https://safargo.com, https://www.safargo.com" } });

describe("security headers", () => {
  const always = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  };
  const paths = ["/api/v1/health", "/api/v1/users/me", "/api/v1/nowhere", "/api/v1/openapi.json", "/docs", "/dev/outbox"];
  for (const path of paths) {
    test(path, async () => {
      const answer = await api.send("GET", path);
      for (const [name, value] of Object.entries(always)) assert.equal(answer.header(name), value, name);
      assert.match(answer.header("content-security-policy") ?? "", /^default-src 'none'/);
      assert.ok(answer.header("x-request-id"));
      assert.equal(answer.header("server"), null);
    });
  }
});

describe("CORS", () => {
  test("an allowed origin may read", async () => {
    const answer = await api.send("GET", "/api/v1/health", { headers: { origin: "https://safargo.com" } });
    assert.equal(answer.header("access-control-allow-origin"), "https://safargo.com");
    assert.match(answer.header("access-control-expose-headers") ?? "", /ETag.*Retry-After.*X-Request-Id/);
    assert.match(answer.header("vary") ?? "", /Origin/);
  });

  for (const origin of ["https://evil.example", "https://safargo.com.evil.example", "http://safargo.com", "null"]) {
    test(`${origin} may not`, async () => {
      const answer = await api.send("GET", "/api/v1/health", { headers: { origin } });
      assert.equal(answer.status, 200);
      assert.equal(answer.header("access-control-allow-origin"), null);
    });
  }

  test("a preflight names methods and headers", async () => {
    const headers = { origin: "https://www.safargo.com", "access-control-request-method": "PATCH" };
    const answer = await api.send("OPTIONS", "/api/v1/users/me", { headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.header("access-control-allow-origin"), "https://www.safargo.com");
    const methods = answer.header("access-control-allow-methods") ?? "";
    for (const method of ["GET", "PATCH", "DELETE"]) assert.ok(methods.includes(method), methods);
    const allowed = answer.header("access-control-allow-headers") ?? "";
    for (const name of ["Authorization", "Content-Type", "Idempotency-Key", "If-Match"]) {
      assert.ok(allowed.includes(name), allowed);
    }
  });

  test("a preflight of another origin gets nothing", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "PATCH" };
    const answer = await api.send("OPTIONS", "/api/v1/users/me", { headers });
    assert.equal(answer.header("access-control-allow-origin"), null);
    assert.equal(answer.header("access-control-allow-methods"), null);
  });
});

describe("methods", () => {
  test("HEAD is GET without its body", async () => {
    const wire = await Wire.open(api.port);
    const whole = await wire.ask(get("/health/live"));
    const head = await wire.ask(request("HEAD", "/health/live"));
    assert.equal(head.status, 200);
    assert.equal(head.headers.get("content-length"), String(whole.body.length));
    assert.equal((await wire.ask(get("/health/live"))).status, 200, "the connection goes on");
    wire.close();
  });

  test("OPTIONS lists what a path takes", async () => {
    const answer = await api.send("OPTIONS", "/api/v1/users/me");
    assert.equal(answer.status, 204);
    assert.deepEqual((answer.header("allow") ?? "").split(", ").sort(), ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH"]);
  });

  for (const [method, path] of [
    ["DELETE", "/api/v1/trips/search"],
    ["GET", "/api/v1/auth/otp/request"],
    ["PUT", "/api/v1/users/me"],
    ["POST", "/health/ready"],
  ] as const) {
    test(`${method} ${path} is 405 with Allow`, async () => {
      const answer = await api.send(method, path);
      assertProblem(answer, 405, "method_not_allowed");
      assert.ok(answer.header("allow"));
      assert.ok(!answer.header("allow")?.split(", ").includes(method));
    });
  }

  for (const path of ["/api/v1/nowhere", "/api/v2/health", "/api/v1/users/not-an-id", "/"]) {
    test(`${path} is not there`, async () => {
      assertProblem(await api.send("GET", path), 404, "not_found");
    });
  }
});

describe("languages", () => {
  for (const [header, language] of [
    ["", "fr"],
    ["de", "fr"],
    ["ar", "ar"],
    ["ar-DZ,fr;q=0.5", "ar"],
    ["en-GB,en;q=0.9", "en"],
    ["fr;q=0.2, en;q=0.8, ar;q=0.5", "en"],
    ["ar;q=0, en;q=0.1", "en"],
    ["*", "fr"],
  ] as const) {
    test(`Accept-Language: ${header} is answered in ${language}`, async () => {
      const answer = await api.send("GET", "/api/v1/nowhere", { headers: { "accept-language": header } });
      assertProblem(answer, 404, "not_found", language);
      assert.match(answer.header("vary") ?? "", /Accept-Language/);
    });
  }
});

test("no Accept-Language is answered in French", async () => {
  const wire = await Wire.open(api.port);
  const answer = await wire.ask(get("/api/v1/nowhere"));
  assert.equal(answer.headers.get("content-language"), "fr");
  wire.close();
});

describe("compression", () => {
  test("long answers are compressed for clients that accept it", async () => {
    const wire = await Wire.open(api.port);
    const plain = await wire.ask(get("/api/v1/openapi.json"));
    const packed = await wire.ask(get("/api/v1/openapi.json", { "Accept-Encoding": "gzip" }));
    assert.equal(plain.headers.get("content-encoding"), undefined);
    assert.equal(packed.headers.get("content-encoding"), "gzip");
    assert.match(packed.headers.get("vary") ?? "", /Accept-Encoding/);
    assert.ok(packed.body.length < plain.body.length / 3);
    assert.deepEqual(gunzipSync(packed.body), plain.body);
    const refused = await wire.ask(get("/api/v1/openapi.json", { "Accept-Encoding": "gzip;q=0" }));
    assert.deepEqual(refused.body, plain.body);
    wire.close();
  });

  test("short answers are not compressed", async () => {
    const wire = await Wire.open(api.port);
    const answer = await wire.ask(get("/health/live", { "Accept-Encoding": "gzip" }));
    assert.equal(answer.headers.get("content-encoding"), undefined);
    wire.close();
  });
});

describe("names of requests", () => {
  test("a valid request id of the caller is returned, an invalid one is not", async () => {
    const named = await api.send("GET", "/api/v1/nowhere", { headers: { "x-request-id": "abc-123_DEF" } });
    assert.equal(named.header("x-request-id"), "abc-123_DEF");
    assert.equal(named.problem.request_id, "abc-123_DEF");
    const strange = await api.send("GET", "/api/v1/nowhere", { headers: { "x-request-id": "<script>" } });
    assert.notEqual(strange.header("x-request-id"), "<script>");
  });
});

describe("a bad token", () => {
  const routes = ["/api/v1/health", "/api/v1/openapi.json", "/docs", "/api/v1/places", "/api/v1/geo/wilayas"];
  for (const path of routes) {
    test(`is refused on ${path}, which is public`, async () => {
      assert.equal((await api.send("GET", path)).status, 200);
      for (const token of ["x", "a.b.c"]) assertProblem(await api.send("GET", path, { token }), 401, "unauthenticated");
      const basic = await api.send("GET", path, { headers: { authorization: "Basic YTpi" } });
      assertProblem(basic, 401, "unauthenticated");
    });
  }

  test("does not hinder an orchestrator", async () => {
    assert.equal((await api.send("GET", "/health/live", { token: "x" })).status, 200);
    assert.equal((await api.send("GET", "/health/ready", { token: "x" })).status, 200);
  });
});

describe("what only this machine may read", () => {
  for (const path of ["/dev/outbox", "/dev/sandbox/faults"]) {
    test(`${path} answers to the machine's own names`, async () => {
      const wire = await Wire.open(api.port);
      for (const host of ["localhost", `localhost:${api.port}`, "127.0.0.1", `127.0.0.2:${api.port}`, "[::1]"]) {
        assert.equal((await wire.ask(get(path, { Host: host }))).status, 200, host);
      }
      for (const host of ["evil.example", `localhost.evil.example:${api.port}`, "192.0.2.1", "127.0.0.1.nip.io"]) {
        assert.equal((await wire.ask(get(path, { Host: host }))).status, 403, host);
      }
      wire.close();
    });
  }

  test("/metrics without a token refuses requests from behind a proxy", async () => {
    assert.equal((await api.send("GET", "/metrics")).status, 200);
    for (const name of ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"]) {
      const answer = await api.send("GET", "/metrics", { headers: { [name]: "127.0.0.1" } });
      assertProblem(answer, 401, "unauthenticated");
    }
  });
});
