import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drift, driftFigures } from "./drift.ts";
import type { Series } from "./model.ts";

/** One look a second for a hundred seconds. */
function seen(value: (second: number) => number): [number, number][] {
  return Array.from({ length: 101 }, (_, second) => [second, value(second)]);
}

describe("drift", () => {
  test("is none of what only warms up", () => {
    assert.deepEqual(drift(seen((second) => Math.min(second, 20))), { before: 20, after: 20 });
  });

  test("is seen of what grows all the time", () => {
    assert.deepEqual(drift(seen((second) => second)), { before: 30, after: 90 });
  });

  test("is not made by moments in which much is open", () => {
    assert.deepEqual(drift(seen((second) => (second % 10 === 0 ? 900 : 50))), { before: 50, after: 50 });
  });

  test("counts from the first look, whenever it was", () => {
    const later = seen((second) => second).map(([second, value]): [number, number] => [second + 1_000, value]);
    assert.deepEqual(drift(later), { before: 30, after: 90 });
  });

  test("of a few looks cannot be told", () => {
    assert.equal(drift([]), undefined);
    assert.equal(drift(seen(() => 1).slice(0, 9)), undefined);
  });
});

describe("figures of a drift", () => {
  const series = (unit: Series["unit"], value: (second: number) => number): Series => ({ subject: "safargo", trips: 5, metric: "held", unit, points: seen(value) });
  const told = (one: Series) => driftFigures(one).map(({ metric, unit, samples }) => [metric, unit, samples[0]]);

  test("are percent of memory", () => {
    assert.deepEqual(told(series("MB", (second) => (second < 50 ? 200 : 210))), [
      ["held, after warm-up", "MB", 200],
      ["held, at the end", "MB", 210],
      ["held, growth", "%", (210 / 200 - 1) * 100],
    ]);
  });

  test("are numbers of everything else, also when they fall", () => {
    assert.deepEqual(told(series("count", (second) => (second < 50 ? 52 : 40))).at(-1), ["held, growth", "count", -12]);
  });

  test("are none when too little was seen: the budgets say that it was not measured", () => {
    assert.deepEqual(driftFigures({ ...series("MB", () => 1), points: [] }), []);
  });
});
