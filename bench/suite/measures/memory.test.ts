import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { merge, outcomeOf } from "../model.ts";
import { growth } from "../report/charts.ts";
import { element } from "../report/markup.ts";
import { growthRows } from "../report/table.ts";
import { memoryMeasure, searchGrowth } from "./memory.ts";
import { generatorThatSays, goodLoad, standInBench, testFolder } from "./stand_ins.ts";

const folder = testFolder();

test("what a search costs grows with the world, and is told with what disturbed it", () => {
  const { figures, notes } = searchGrowth(3_000_000, goodLoad({}, { others: 7 }));
  const value = (metric: string) => figures.find((one) => one.metric === metric)?.samples[0];
  assert.equal(value("search, cpu a request"), 1_000);
  assert.equal(value("search, p50"), 0.4);
  assert.ok(figures.every(({ trips }) => trips === 3_000_000));
  assert.match(notes[0] ?? "", /^3 M trips: other programs took up to 0.7 cores/);
});

test("time, memory and searches are drawn from the smallest world to the largest, in whatever order they came", async () => {
  const generator = generatorThatSays(join(folder, "well"));
  const outcome = outcomeOf();
  for (const trips of [3_000_000, 10_000, 100_000]) {
    merge(outcome, await memoryMeasure.run(standInBench(join(folder, String(trips)), generator, trips, "--rounds", "2")));
  }
  assert.deepEqual(outcome.troubles, []);
  const [head, ...rows] = growthRows(outcome.figures);
  assert.deepEqual(head, ["trips", "10 k", "100 k", "3 M"]);
  const wanted = ["start, s", "resident, loaded, MB", "resident, after searches, MB", "peak, MB", "search, throughput, req/s", "search, p50, ms", "search, p99, ms", "search, cpu a request, us"];
  assert.deepEqual(rows.map(([kind]) => kind).sort(), wanted.sort());
  for (const metric of ["start", "search, p50"]) {
    const drawn = element("p", {}, growth(metric, outcome.figures.filter((figure) => figure.metric === metric)));
    assert.equal(drawn.markup.match(/<circle/g)?.length, 3, metric);
  }
});

test("the ten seconds of searches are ten with their warm-up, as the budget of memory counts them", async () => {
  await memoryMeasure.run(standInBench(join(folder, "pace"), generatorThatSays(join(folder, "pacing")), 10_000, "--rounds", "1"));
  const plan = JSON.parse(readFileSync(join(folder, "pace/memory-10000-1/plan.json"), "utf8"));
  assert.equal(plan.warmup_s + plan.duration_s, 10);
});
