import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Figure, figuresOf, type MeasureResult, outcomeOf, type Results } from "../model.ts";
import { curvePoints } from "./charts.ts";
import { renderReport } from "./html.ts";
import { Colours, escape, powersOfTen, roundTicks } from "./svg.ts";
import { align, growthRows, listMeasures, renderTable } from "./table.ts";

const evil = `<script>alert("x")</script>&'`;

function figure(subject: string, metric: string, samples: number[], trips = 1_000_000): Figure {
  return figuresOf(subject, trips)(metric, "req/s", ...samples);
}

function measure(changes: Partial<MeasureResult> = {}): MeasureResult {
  return {
    ...outcomeOf(),
    ...{ name: "trip", what: "one trip", load: "64 connections", trips: 1_000_000 },
    verdicts: [{ what: "a read", budget: "4 x fastify", asked: ">= 6 x fastify", grade: "kept", found: "5 x", why: "" }],
    figures: [figure("safargo", "throughput", [100, 120, 110]), figure("fastify-btree", "throughput", [10, 11, 12])],
    distributions: [{ subject: "safargo", trips: 1_000_000, histogram: [[100, 90], [1000, 10]] }],
    ...changes,
  };
}

const points = Array.from({ length: 21 }, (_, i): [number, number] => [i * 30, 200 + i]);
const series = [
  { subject: "safargo", trips: 1_000_000, metric: "resident", unit: "MB" as const, points },
  { subject: "safargo", trips: 1_000_000, metric: "descriptors", unit: "count" as const, points: points.map(([at]): [number, number] => [at, 52]) },
];

function results(...measures: MeasureResult[]): Results {
  return {
    ...{ version: 2, started: "2026-11-26T03:00:00.000Z", seconds: 42, command: "./safargo bench --quick", complete: true },
    ...{ machine: { CPU: "two cores", commit: "abc" }, warnings: [], method: ["in turns"] },
    worlds: [{ trips: 1_000_000, seed: 1, open: 999_000, hoursOld: 1.5, megabytes: 900 }],
    equality: [{ peer: "fastify-btree", compared: 420, equal: true, said: "" }],
    measures,
  };
}

describe("the report", () => {
  test("escapes all it did not write itself", () => {
    const bad = measure({ name: evil, what: evil, load: evil, notes: [evil], troubles: [evil], figures: [figure(evil, "throughput", [1])] });
    const page = renderReport({ ...results(bad), command: evil, warnings: [evil], machine: { [evil]: evil }, method: [evil] });
    assert.ok(!page.includes("<script"), "a script got in");
    assert.ok(page.includes(escape(evil)));
  });

  test("loads nothing from other hosts", () => {
    const page = renderReport(results(measure()));
    for (const word of ["http:", "https:", "src=", "@import", "url("]) assert.ok(!page.includes(word), word);
    assert.match(page, /name="viewport"/);
    assert.match(page, /prefers-color-scheme: dark/);
  });

  test("shows the verdicts, the spread and how many answers were compared", () => {
    const page = renderReport(results(measure()));
    assert.ok(page.includes("✓ kept"));
    assert.ok(page.includes("110 req/s (100 - 120)"));
    assert.ok(page.includes("420 requests compared"));
  });

  test("says when the run was not finished", () => {
    assert.ok(renderReport({ ...results(), complete: false }).includes("has not come to its end"));
    assert.ok(!renderReport(results()).includes("has not come to its end"));
  });

  test("draws growth as soon as there are two sizes", () => {
    const sizes = [10_000, 100_000].map((trips) => figure("safargo", "start", [1, 2], trips));
    assert.ok(renderReport(results(measure({ figures: sizes }))).includes('aria-label="safargo: start"'));
    assert.ok(!renderReport(results(measure({ figures: sizes.slice(0, 1) }))).includes('aria-label="safargo: start"'));
  });

  test("draws no growth between subjects", () => {
    assert.ok(!renderReport(results(measure())).includes('aria-label="safargo: throughput"'));
  });

  test("draws what was seen over time", () => {
    const page = renderReport(results(measure({ name: "soak", series })));
    for (const metric of ["resident", "descriptors"]) assert.ok(page.includes(`aria-label="soak: ${metric} over time"`), metric);
  });

  test("holds no number that is none", () => {
    const odd = measure({ series: [{ ...series[0]!, points: [] }, { ...series[1]!, points: [[0, 0], [0, 0]] }], figures: [figure("safargo", "throughput", [0]), figure("x", "p99", [])], distributions: [{ subject: "x", trips: 1, histogram: [] }] });
    const page = renderReport(results(odd));
    for (const word of ["NaN", "Infinity", "undefined"]) assert.ok(!page.includes(word), word);
  });
});

describe("curves", () => {
  test("climb from the quickest to the slowest, never back", () => {
    const points = curvePoints([[100, 90], [1000, 9], [5000, 1]]);
    assert.deepEqual(points[0], [-0, 0.1]);
    assert.equal(points.at(-1)?.[1], 5);
    for (let i = 1; i < points.length; i += 1) assert.ok((points[i]?.[0] as number) >= (points[i - 1]?.[0] as number));
    assert.ok(points.every(([at]) => Number.isFinite(at)));
  });
});

describe("scales", () => {
  test("that begin at zero have round steps", () => {
    assert.deepEqual(roundTicks(220), [0, 50, 100, 150, 200]);
    assert.deepEqual(roundTicks(15, 9), [0, 2, 4, 6, 8, 10, 12, 14]);
    assert.deepEqual(roundTicks(1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(roundTicks(0), [0]);
  });

  test("cover their values with whole powers of ten", () => {
    const powers = (...values: number[]): number[] => powersOfTen(values).ticks.map(([power]) => power);
    assert.deepEqual(powers(3, 250), [1, 10, 100, 1000]);
    assert.deepEqual(powers(10), [10, 100]);
    assert.deepEqual(powers(), [0.1, 1]);
    assert.deepEqual(powersOfTen([1e3, 1e6]).ticks.map(([, text]) => text), ["1 k", "10 k", "100 k", "1 M"]);
  });

  test("give each subject one colour, and SafarGo the first", () => {
    const colours = new Colours(["nestjs", "safargo", "fastify", "nestjs"]);
    assert.deepEqual(["safargo", "fastify", "nestjs"].map((name) => colours.of(name)), ["c0", "c1", "c2"]);
  });
});

describe("the table", () => {
  test("lines up its columns", () => {
    assert.deepEqual(align([["a", "1"], ["long", "1,000"]]), ["a         1", "long  1,000"]);
  });

  test("gives each world a column", () => {
    const sizes = [figure("safargo", "start", [3, 5, 4], 3_000_000), figure("safargo", "start", [0.1], 10_000), figure("safargo", "peak", [9], 10_000)];
    assert.deepEqual(growthRows(sizes), [["trips", "10 k", "3 M"], ["start, req/s", "0.1", "4"], ["peak, req/s", "9", "-"]]);
    assert.deepEqual(growthRows(sizes.slice(0, 1)), []);
  });

  test("says how many times SafarGo is better, and what became of the budgets", () => {
    const text = renderTable(results(measure({ troubles: ["no luck"] })), false);
    assert.match(text, /fastify-btree +11 \(10 - 12\).* is 10 \(9.17 - 10.9\) x as fast/);
    const costs = [figure("safargo", "cost", [20]), figure("fastify-btree", "cost", [80])];
    assert.match(renderTable(results(measure({ figures: [...measure().figures, ...costs] })), false), / 4 x less\n/);
    assert.match(text, /✓ a read: 5 x; no worse than 4 x fastify; asked >= 6 x fastify\n/);
    assert.match(text, /could not be measured: no luck/);
    assert.match(text, /budgets: 1 kept, 0 worse, 0 not measured; 42 s/);
    assert.match(text, /equal answers, fastify-btree: 420 compared/);
    assert.doesNotMatch(text, /\u001b/);
    assert.match(renderTable(results(measure()), true), /\u001b\[32m/);
  });
});

test("the list names every measure with its budgets", () => {
  assert.match(listMeasures(), /^health\n(?: {4}.*\n)+ {4}budget: GET \/health against Fastify; no worse than 1\.27 x fastify-btree; asked >= 1\.5 x fastify-btree\n/);
  assert.match(listMeasures(), /^soak {2}\(only when it is named\)$/m);
});
