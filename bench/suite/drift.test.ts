import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drift, driftFigures } from "./drift.ts";
import type { Series } from "./model.ts";

/** One look a second for a hundred seconds. */
function seen(value: (second: number) => number): [number, number][] {
  return Array.from({ length: 101 }, (_, second) => [second, value(second)]);
}

describe("drift", () => {
  const later = seen((second) => second).map(([second, value]): [number, number] => [second + 1_000, value]);
  for (const [what, points, wanted] of [
    ["is none of what only warms up", seen((second) => Math.min(second, 20)), { before: 20, after: 20 }],
    ["is seen of what grows all the time", seen((second) => second), { before: 30, after: 90 }],
    ["is not made by moments in which much is open", seen((second) => (second % 10 === 0 ? 900 : 50)), { before: 50, after: 50 }],
    ["counts from the first look, whenever it was", later, { before: 30, after: 90 }],
    ["of nothing cannot be told", [], undefined],
    ["of a few looks cannot be told", seen(() => 1).slice(0, 9), undefined],
  ] as const) {
    test(what, () => assert.deepEqual(drift(points), wanted));
  }
});

describe("figures of a drift", () => {
  const told = (unit: Series["unit"], points: [number, number][]) =>
    driftFigures({ subject: "safargo", trips: 5, metric: "held", unit, points }).map(({ metric, unit: of, samples }) => [metric, of, samples[0]]);

  test("are percent of memory", () => {
    assert.deepEqual(told("MB", seen((second) => (second < 50 ? 200 : 210))), [
      ["held, after warm-up", "MB", 200],
      ["held, at the end", "MB", 210],
      ["held, growth", "%", (210 / 200 - 1) * 100],
    ]);
  });

  test("are numbers of everything else, also when they fall", () => {
    assert.deepEqual(told("count", seen((second) => (second < 50 ? 52 : 40))).at(-1), ["held, growth", "count", -12]);
  });

  test("are none when too little was seen: the budgets say that it was not measured", () => {
    assert.deepEqual(told("MB", []), []);
  });
});
