import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Figure, figuresOf, type MeasureResult, outcomeOf, type Results, type Series } from "../model.ts";
import { coloursOf, curvePoints } from "./charts.ts";
import { renderReport } from "./html.ts";
import { align, growthRows, listMeasures, renderTable } from "./table.ts";

const evil = `<script>alert("x")</script>&'`;
const million = 1_000_000;

function figure(subject: string, metric: string, samples: number[], trips = million): Figure {
  return figuresOf(subject, trips)(metric, "req/s", ...samples);
}

const measure: MeasureResult = {
  ...outcomeOf(),
  ...{ name: "trip", what: "one trip", load: "64 connections", trips: million },
  verdicts: [{ what: "a read", budget: "4 x fastify", asked: ">= 6 x fastify", grade: "kept", found: "5 x", why: "" }],
  figures: [figure("safargo", "throughput", [100, 120, 110]), figure("fastify-btree", "throughput", [10, 11, 12])],
  distributions: [{ subject: "safargo", trips: million, histogram: [[100, 90], [1000, 10]] }],
};

function resultsOf(changes: Partial<MeasureResult> = {}): Results {
  return {
    ...{ version: 2, started: "2026-11-26T03:00:00.000Z", seconds: 42, command: "./safargo bench --quick", complete: true },
    ...{ machine: { CPU: "two cores", commit: "abc" }, warnings: [], method: ["in turns"] },
    worlds: [{ trips: million, seed: 1, open: 999_000, hoursOld: 1.5, megabytes: 900 }],
    equality: [{ peer: "fastify-btree", compared: 420, equal: true, said: "" }],
    measures: [{ ...measure, ...changes }],
  };
}

function series(metric: string, points: [number, number][]): Series {
  return { subject: "safargo", trips: million, metric, unit: "MB", points };
}

describe("the report", () => {
  test("escapes all it did not write itself", () => {
    const bad = resultsOf({ name: evil, what: evil, load: evil, notes: [evil], troubles: [evil], figures: [figure(evil, "throughput", [1])] });
    const page = renderReport({ ...bad, command: evil, warnings: [evil], machine: { [evil]: evil }, method: [evil] });
    assert.ok(!page.includes("<script"), "a script got in");
    assert.ok(page.includes("&lt;script>alert(&quot;x&quot;)"));
  });

  test("loads nothing from other hosts, and shows verdicts, spreads and how many answers were compared", () => {
    const page = renderReport(resultsOf());
    for (const word of ["http:", "https:", "src=", "@import", "url(", "has not come to its end"]) assert.ok(!page.includes(word), word);
    for (const word of ['name="viewport"', "prefers-color-scheme: dark", "✓ kept", "110 req/s (100 - 120)", "420 requests compared"]) assert.ok(page.includes(word), word);
    assert.ok(renderReport({ ...resultsOf(), complete: false }).includes("has not come to its end"));
  });

  test("draws growth as soon as there are two sizes and never between subjects, and what was seen over time", () => {
    const drawn = (changes: Partial<MeasureResult>, title: string): boolean => renderReport(resultsOf(changes)).includes(`aria-label="${title}"`);
    const sizes = [10_000, 100_000].map((trips) => figure("safargo", "start", [1, 2], trips));
    assert.ok(drawn({ figures: sizes }, "safargo: start"));
    assert.ok(!drawn({ figures: sizes.slice(0, 1) }, "safargo: start"));
    assert.ok(!drawn({}, "safargo: throughput"));
    assert.ok(drawn({ name: "soak", series: [series("resident", [[0, 200], [30, 201]])] }, "soak: resident over time"));
  });

  test("holds no number that is none", () => {
    const figures = [figure("safargo", "throughput", [0]), figure("x", "p99", [])];
    const odd = { series: [series("resident", []), series("threads", [[0, 0], [0, 0]])], figures, distributions: [{ subject: "x", trips: 1, histogram: [] }] };
    const page = renderReport(resultsOf(odd));
    for (const word of ["NaN", "Infinity", "undefined"]) assert.ok(!page.includes(word), word);
  });
});

describe("charts", () => {
  test("of latencies climb from the quickest to the slowest, never back", () => {
    const points = curvePoints([[100, 90], [1000, 9], [5000, 1]]);
    assert.deepEqual(points[0], [-0, 0.1]);
    assert.equal(points.at(-1)?.[1], 5);
    assert.deepEqual(points, points.toSorted(([a], [b]) => a - b));
    assert.ok(points.every(([at]) => Number.isFinite(at)));
  });

  test("give each subject one colour, and SafarGo the first", () => {
    assert.deepEqual(["safargo", "fastify", "nestjs"].map(coloursOf(["nestjs", "safargo", "fastify", "nestjs"])), ["var(--k0)", "var(--k1)", "var(--k2)"]);
  });
});

describe("the table", () => {
  test("lines up its columns, and gives each world one", () => {
    assert.deepEqual(align([["a", "1"], ["long", "1,000"]]), ["a         1", "long  1,000"]);
    const sizes = [figure("safargo", "start", [3, 5, 4], 3_000_000), figure("safargo", "start", [0.1], 10_000), figure("safargo", "peak", [9], 10_000)];
    assert.deepEqual(growthRows(sizes), [["trips", "10 k", "3 M"], ["start, req/s", "0.1", "4"], ["peak, req/s", "9", "-"]]);
    assert.deepEqual(growthRows(sizes.slice(0, 1)), []);
  });

  test("says how many times SafarGo is better, and what became of the budgets", () => {
    const text = renderTable(resultsOf({ troubles: ["no luck"] }), false);
    for (const said of [
      /fastify-btree +11 \(10 - 12\).* is 10 \(9.17 - 10.9\) x as fast/,
      /✓ a read: 5 x; no worse than 4 x fastify; asked >= 6 x fastify\n/,
      /could not be measured: no luck/,
      /budgets: 1 kept, 0 worse, 0 not measured; 42 s/,
      /equal answers, fastify-btree: 420 compared/,
    ]) assert.match(text, said);
    assert.doesNotMatch(text, /\u001b/);
    assert.match(renderTable(resultsOf(), true), /\u001b\[32m/);
    const costs = [figure("safargo", "cost", [20]), figure("fastify-btree", "cost", [80])];
    assert.match(renderTable(resultsOf({ figures: [...measure.figures, ...costs] }), false), / 4 x less\n/);
  });

  test("of all measures names each with its budgets", () => {
    assert.match(listMeasures(), /^health\n(?: {4}.*\n)+ {4}budget: GET \/health against Fastify; no worse than 1\.27 x fastify-btree; asked >= 1\.5 x fastify-btree\n/);
    assert.match(listMeasures(), /^soak {2}\(only when it is named\)$/m);
  });
});
