import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { goodLoad, testFolder } from "../measures/stand_ins.ts";
import { loadFigures, loadOutcome, type LoadPlan, only, parseReport, writePlan } from "./generator.ts";

const folder = testFolder();

const plan: LoadPlan = {
  ...{ load: { kind: "open", rate: 1000 }, warmupSeconds: 2, seconds: 10, seed: 4 },
  mix: [
    { name: "search", weight: 70, requests: [{ method: "GET", path: "/a?q=c" }], order: "cycle" },
    { name: "booking", weight: 3, requests: [{ method: "POST", path: "/b", headers: { A: "1" }, body: '{"x":"é"}', expect: 201 }], order: "once" },
  ],
};

test("plans say what safargo-load reads, and beside them stands one request a line as HTTP has it", () => {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  const written = (changes: Partial<LoadPlan> = {}) => read(writePlan(folder, "http://127.0.0.1:3000", { ...plan, ...changes }));
  assert.deepEqual(written(), {
    ...{ address: "127.0.0.1", port: 3000, load: { kind: "open", rate: 1000 } },
    ...{ warmup_s: 2, duration_s: 10, max_connections: 2048, timeout_s: 30, seed: 4, drop_connections_per_s: 0 },
    mix: [
      { name: "search", weight: 70, requests: "search.jsonl", order: "cycle" },
      { name: "booking", weight: 3, requests: "booking.jsonl", order: "once" },
    ],
  });
  assert.equal(written({ dropsPerSecond: 10 }).drop_connections_per_s, 10);
  assert.deepEqual(written({ load: { kind: "closed", connections: 64 } }).load, { kind: "closed", connections: 64 });
  assert.deepEqual(read(join(folder, "search.jsonl")), { bytes: "GET /a?q=c HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n", expect: 0 });
  const head = "POST /b HTTP/1.1\r\nA: 1\r\nHost: 127.0.0.1:3000\r\nContent-Length: 10\r\n\r\n";
  assert.deepEqual(read(join(folder, "booking.jsonl")), { bytes: `${head}{"x":"é"}`, expect: 201 });
  assert.throws(() => written({ mix: only("a", [], "cycle") }), /no requests for a/);
});

describe("reports", () => {
  test("become figures: milliseconds, and processor time for each request", () => {
    const found = new Map(loadFigures("safargo", 1, goodLoad()).map(({ metric, samples }) => [metric, samples[0]]));
    const wanted = { throughput: 500, p99: 2, cpu: 0.5, "cpu a request": 1_000, "cpu of PostgreSQL a request": 400, cost: 1_400 };
    for (const [metric, number] of Object.entries(wanted)) assert.equal(found.get(metric), number, metric);
  });

  const unexpected = [{ name: "a", path: "/x", status: 500, body: "broken" }];
  for (const [what, changes, trouble, note] of [
    ["of a subject that answers nothing measure nothing", { answered: 0 }, /answered nothing/, /^$/],
    ["with many errors are a trouble", { errors: { status: 6 }, unexpected }, /6 of 5000 requests failed, such as 500 for \/x: broken/, /^$/],
    ["with few errors have a note", { errors: { status: 5 }, unexpected }, /^$/, /5 of 5000/],
    ["that ended early say so", { exhausted: true, seconds: 3.21 }, /^$/, /ran out after 3.2 s/],
  ] as const) {
    test(what, () => {
      const { figures, troubles, notes } = loadOutcome("peer", 1, goodLoad(changes as object));
      assert.match(troubles.join(), trouble);
      assert.match(notes.join(), note);
      assert.equal(figures.length === 0, "answered" in changes);
    });
  }

  test("that lack something are refused", () => {
    assert.throws(() => parseReport('{"seconds": 1}'), /has no "sent"/);
  });
});
