import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type LoadPlan, writePlan } from "./plan.ts";
import { figuresOf, type Loaded, outcomeOf, parseReport } from "./report.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-plan-"));
after(() => rmSync(folder, { recursive: true }));

const plan: LoadPlan = {
  load: { kind: "open", rate: 1000 },
  warmupSeconds: 2,
  seconds: 10,
  seed: 4,
  mix: [
    { name: "search", weight: 70, requests: [{ method: "GET", path: "/a?q=é" }], order: "cycle" },
    { name: "booking", weight: 3, requests: [{ method: "POST", path: "/b", headers: { A: "1" }, body: '{"x":1}', expect: [201] }], order: "once" },
  ],
};

describe("plans", () => {
  test("say what safargo-load reads", () => {
    const written = JSON.parse(readFileSync(writePlan(folder, "http://127.0.0.1:3000", plan), "utf8"));
    assert.equal(written.target, "http://127.0.0.1:3000");
    assert.deepEqual(written.load, { kind: "open", rate: 1000 });
    assert.deepEqual([written.warmup_s, written.duration_s, written.seed, written.timeout_s], [2, 10, 4, 30]);
    assert.deepEqual(written.mix, [
      { name: "search", weight: 70, requests: "search.jsonl", order: "cycle" },
      { name: "booking", weight: 3, requests: "booking.jsonl", order: "once" },
    ]);
  });

  test("drop connections only when they are told to", () => {
    const drops = (changes: Partial<LoadPlan>): unknown => JSON.parse(readFileSync(writePlan(folder, "http://127.0.0.1:1", { ...plan, ...changes }), "utf8")).drop_connections_per_s;
    assert.equal(drops({}), 0);
    assert.equal(drops({ dropsPerSecond: 10 }), 10);
  });

  test("have closed loops without thinking", () => {
    const file = writePlan(folder, "http://127.0.0.1:1", { ...plan, load: { kind: "closed", connections: 64 } });
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")).load, { kind: "closed", connections: 64, think_ms: 0 });
  });

  test("write one request a line, beside the plan", () => {
    writePlan(folder, "http://127.0.0.1:1", plan);
    const lines = readFileSync(join(folder, "booking.jsonl"), "utf8").trimEnd().split("\n");
    assert.deepEqual(lines.map((line) => JSON.parse(line)), plan.mix[1]?.requests);
  });

  test("without requests are refused", () => {
    assert.throws(() => writePlan(folder, "x", { ...plan, mix: [{ name: "a", weight: 1, requests: [], order: "cycle" }] }), /no requests for a/);
  });
});

const latency = { min: 100, mean: 500, p50: 400, p90: 900, p95: 1_000, p99: 2_000, p999: 3_000, max: 4_000 };

function loaded(changes: Partial<Loaded["report"]> = {}): Loaded {
  const report = {
    seconds: 10,
    sent: 20_000,
    answered: 20_000,
    throughput_rps: 2_000,
    exhausted: false,
    dropped: 0,
    connections: 64,
    connections_opened: 64,
    errors: { connect: 0, timeout: 0, closed: 0, status: 0, protocol: 0 },
    statuses: { "200": 20_000 },
    cpu_seconds: 3,
    latency_us: latency,
    histogram: [[400, 20_000]] as [number, number][],
    mix: {},
    unexpected: [],
    ...changes,
  };
  return { report, usage: { seconds: 10, subject: 5, postgres: 2, others: 0.1, residentMegabytes: 80 } };
}

describe("reports", () => {
  test("become figures: milliseconds, and processor time for each request", () => {
    const value = (metric: string) => figuresOf("safargo", 1, loaded()).find((figure) => figure.metric === metric)?.samples[0];
    assert.equal(value("throughput"), 2_000);
    assert.equal(value("p99"), 2);
    assert.equal(value("cpu"), 0.5);
    assert.equal(value("cpu a request"), 250);
    assert.equal(value("cpu of PostgreSQL a request"), 100);
  });

  test("of a subject that answers nothing measure nothing", () => {
    const outcome = outcomeOf("peer", 1, loaded({ answered: 0 }));
    assert.deepEqual(outcome.figures, []);
    assert.match(outcome.troubles[0] ?? "", /answered nothing/);
  });

  test("with many errors are a trouble, with few a note", () => {
    const unexpected = [{ name: "a", path: "/x", status: 500, body: "broken" }];
    const errors = { status: 21 };
    const many = outcomeOf("peer", 1, loaded({ errors, unexpected }));
    assert.match(many.troubles[0] ?? "", /21 of 20000 requests failed, such as 500 for \/x: broken/);
    const few = outcomeOf("peer", 1, loaded({ errors: { status: 20 }, unexpected }));
    assert.deepEqual(few.troubles, []);
    assert.match(few.notes[0] ?? "", /20 of 20000/);
  });

  test("that ended early say so", () => {
    assert.match(outcomeOf("safargo", 1, loaded({ exhausted: true, seconds: 3.21 })).notes[0] ?? "", /ran out after 3.2 s/);
  });

  test("that lack something are refused", () => {
    assert.throws(() => parseReport('{"seconds": 1}'), /has no "sent"/);
  });
});
