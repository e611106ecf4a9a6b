import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describe, test } from "node:test";
import type { Series } from "../model.ts";
import { drift, driftFigures, heldBy, observe, seriesOf } from "./processes.ts";

test("every open descriptor of a process is counted", () => {
  const before = heldBy(process.pid);
  const files = [1, 2, 3].map(() => openSync("/dev/null", "r"));
  const after = heldBy(process.pid);
  for (const file of files) closeSync(file);
  assert.equal((after?.descriptors ?? 0) - (before?.descriptors ?? 0), 3);
  assert.ok((before?.megabytes ?? 0) > 1 && (before?.threads ?? 0) >= 1);
});

test("an observer keeps what it saw in the order of time, and sees nothing of a process that has ended", () => {
  const [observer, late] = [process.pid, spawnSync("true").pid].map((pid) => observe(pid, 60));
  for (let i = 0; i < 2; i += 1) observer?.look();
  for (const one of [observer, late]) one?.stop();
  const times = observer?.samples.map(({ seconds }) => seconds) ?? [];
  assert.equal(times.length, 3);
  assert.deepEqual(times, times.toSorted((a, b) => a - b));
  assert.deepEqual(late?.samples, []);
});

test("samples become one series each of memory, descriptors and threads", () => {
  const samples = [
    { seconds: 0, megabytes: 200.5, descriptors: 40, threads: 5 },
    { seconds: 2.004, megabytes: 201, descriptors: 41, threads: 5 },
  ];
  assert.deepEqual(seriesOf("safargo", 7, samples).map(({ metric, unit, points }) => [metric, unit, points]), [
    ["resident", "MB", [[0, 200.5], [2, 201]]],
    ["descriptors", "count", [[0, 40], [2, 41]]],
    ["threads", "count", [[0, 5], [2, 5]]],
  ]);
});

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

  test("is percent of memory, a number of everything else, and not told when too little was seen", () => {
    const told = (unit: Series["unit"], points: [number, number][]) =>
      driftFigures({ subject: "safargo", trips: 5, metric: "held", unit, points }).map(({ metric, unit: of, samples }) => [metric, of, samples[0]]);
    assert.deepEqual(told("MB", seen((second) => (second < 50 ? 200 : 210))), [
      ["held, after warm-up", "MB", 200],
      ["held, at the end", "MB", 210],
      ["held, growth", "%", (210 / 200 - 1) * 100],
    ]);
    assert.deepEqual(told("count", seen((second) => (second < 50 ? 52 : 40))).at(-1), ["held, growth", "count", -12]);
    assert.deepEqual(told("MB", []), []);
  });
});
