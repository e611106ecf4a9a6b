import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describe, test } from "node:test";
import { Observer, seriesOf } from "./observer.ts";
import { heldBy } from "./processes.ts";

describe("what a process holds", () => {
  test("counts every open descriptor", () => {
    const before = heldBy(process.pid);
    const files = [1, 2, 3].map(() => openSync("/dev/null", "r"));
    const after = heldBy(process.pid);
    for (const file of files) closeSync(file);
    assert.equal((after?.descriptors ?? 0) - (before?.descriptors ?? 0), 3);
    assert.ok((before?.megabytes ?? 0) > 1 && (before?.threads ?? 0) >= 1);
  });

  test("is nothing once it has ended", () => {
    const { pid } = spawnSync("true");
    assert.equal(heldBy(pid), undefined);
  });
});

describe("an observer", () => {
  test("keeps what it saw, in the order of time", () => {
    const observer = new Observer(process.pid);
    for (let i = 0; i < 3; i += 1) observer.look();
    const times = observer.samples.map(({ seconds }) => seconds);
    assert.equal(times.length, 3);
    assert.deepEqual(times, [...times].sort((a, b) => a - b));
  });

  test("of an ended process sees nothing and does not fail", () => {
    const observer = new Observer(spawnSync("true").pid);
    observer.look();
    assert.deepEqual(observer.samples, []);
  });
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
