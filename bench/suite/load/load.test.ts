import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { goodLoad, testFolder } from "../measures/stand_ins.ts";
import { type LoadPlan, only, writePlan } from "./generator.ts";
import { loadFigures, loadOutcome, parseReport } from "./report.ts";

const folder = testFolder();

const plan: LoadPlan = {
  ...{ load: { kind: "open", rate: 1000 }, warmupSeconds: 2, seconds: 10, seed: 4 },
  mix: [
    { name: "search", weight: 70, requests: [{ method: "GET", path: "/a?q=c" }], order: "cycle" },
    { name: "booking", weight: 3, requests: [{ method: "POST", path: "/b", headers: { A: "1" }, body: '{"x":"é"}', expect: 201 }], order: "once" },
  ],
};

describe("plans", () => {
  const written = (changes: Partial<LoadPlan> = {}) => JSON.parse(readFileSync(writePlan(folder, "http://127.0.0.1:3000", { ...plan, ...changes }), "utf8"));

  test("say what safargo-load reads", () => {
    assert.deepEqual(written(), {
      ...{ target: "http://127.0.0.1:3000", load: { kind: "open", rate: 1000 } },
      ...{ warmup_s: 2, duration_s: 10, max_connections: 2048, timeout_s: 30, seed: 4, drop_connections_per_s: 0 },
      mix: [
        { name: "search", weight: 70, requests: "search.jsonl", order: "cycle" },
        { name: "booking", weight: 3, requests: "booking.jsonl", order: "once" },
      ],
    });
    assert.equal(written({ dropsPerSecond: 10 }).drop_connections_per_s, 10);
    assert.deepEqual(written({ load: { kind: "closed", connections: 64 } }).load, { kind: "closed", connections: 64 });
  });

  test("write one request a line as HTTP has it, beside the plan", () => {
    written();
    const lineOf = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.jsonl`), "utf8"));
    assert.deepEqual(lineOf("search"), { bytes: "GET /a?q=c HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n", expect: 0 });
    const head = "POST /b HTTP/1.1\r\nA: 1\r\nHost: 127.0.0.1:3000\r\nContent-Length: 10\r\n\r\n";
    assert.deepEqual(lineOf("booking"), { bytes: `${head}{"x":"é"}`, expect: 201 });
  });

  test("without requests are refused", () => {
    assert.throws(() => written({ mix: only("a", [], "cycle") }), /no requests for a/);
  });
});

describe("reports", () => {
  test("become figures: milliseconds, and processor time for each request", () => {
    const figures = loadFigures("safargo", 1, goodLoad());
    const value = (metric: string) => figures.find((figure) => figure.metric === metric)?.samples[0];
    const wanted = { throughput: 500, p99: 2, cpu: 0.5, "cpu a request": 1_000, "cpu of PostgreSQL a request": 400, cost: 1_400 };
    for (const [metric, number] of Object.entries(wanted)) assert.equal(value(metric), number, metric);
  });

  test("of a subject that answers nothing measure nothing", () => {
    const outcome = loadOutcome("peer", 1, goodLoad({ answered: 0 }));
    assert.deepEqual(outcome.figures, []);
    assert.match(outcome.troubles[0] ?? "", /answered nothing/);
  });

  test("with many errors are a trouble, with few a note", () => {
    const unexpected = [{ name: "a", path: "/x", status: 500, body: "broken" }];
    const many = loadOutcome("peer", 1, goodLoad({ errors: { status: 6 }, unexpected }));
    assert.match(many.troubles[0] ?? "", /6 of 5000 requests failed, such as 500 for \/x: broken/);
    const few = loadOutcome("peer", 1, goodLoad({ errors: { status: 5 }, unexpected }));
    assert.deepEqual(few.troubles, []);
    assert.match(few.notes[0] ?? "", /5 of 5000/);
  });

  test("that ended early say so", () => {
    assert.match(loadOutcome("safargo", 1, goodLoad({ exhausted: true, seconds: 3.21 })).notes[0] ?? "", /ran out after 3.2 s/);
  });

  test("that lack something are refused", () => {
    assert.throws(() => parseReport('{"seconds": 1}'), /has no "sent"/);
  });
});
