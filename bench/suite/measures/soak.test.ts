// The soak and the memory measure: their parts, and their whole way with a stand-in for the generator: plans, legs, and what is
// left of a run that breaks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { LoadReport } from "../load/generator.ts";
import { figuresOf, merge, type Outcome, outcomeOf } from "../model.ts";
import { growth } from "../report/charts.ts";
import { growthRows } from "../report/table.ts";
import { tokenLife } from "../token.ts";
import { judgeMeasure } from "../verdicts.ts";
import { memoryMeasure, searchGrowth } from "./memory.ts";
import { dropFigures, legsOf, soakMeasure, soakShortcomings, sumErrors } from "./soak.ts";
import { generatorThatSays, goodLoad, standInBench, testFolder } from "./stand_ins.ts";

const folder = testFolder();
const report = (changes: Partial<LoadReport> = {}): LoadReport => goodLoad(changes).report;
const figure = figuresOf("safargo", 1_000_000);
const gradesOf = (outcome: Outcome): string[] => judgeMeasure("soak", outcome, 1_000_000).map(({ grade }) => grade);
const sampleOf = ({ figures }: Outcome, metric: string): number | undefined => figures.find((one) => one.metric === metric)?.samples[0];

describe("the legs of a soak", () => {
  test("are as long as it together, each well within the life of its tokens", () => {
    for (const soakMinutes of [1, 5, 7, 15, 120]) {
      const { count, seconds } = legsOf({ soakMinutes });
      assert.ok(Math.abs(count * seconds - soakMinutes * 60) < 1e-6);
      assert.ok(seconds <= tokenLife / 3);
    }
  });

  test("hide no error behind their median, and add up what was dropped, which is no error", () => {
    const outcome = outcomeOf();
    for (const errors of [0, 3, 0]) merge(outcome, outcomeOf({ figures: [figure("errors", "count", errors)] }));
    sumErrors(outcome);
    assert.deepEqual(outcome.figures[0]?.samples, [3]);
    assert.equal(gradesOf(outcome)[0], "worse");
    assert.deepEqual(dropFigures(1, [report(), report({ dropped: 5 })]).map(({ samples }) => samples[0]), [15, 180]);
  });
});

test("a soak is none unless all of it happened", () => {
  for (const [reports, alive, said] of [
    [[report(), report()], true, /^$/],
    [[report()], true, /1 of 2 loads/],
    [[report(), report({ exhausted: true })], true, /ran out/],
    [[report(), report({ connections_opened: 20 })], true, /no connection was dropped/],
    [[report(), report()], false, /SafarGo ended/],
  ] as const) {
    assert.match(soakShortcomings(reports, { count: 2, seconds: 10 }, alive).join("; "), said);
  }
});

test("the budgets of a soak are no error, and next to no growth", () => {
  for (const [values, grade] of [[[0, 5, 16, 0], "kept"], [[1, 5.1, 17, 1], "worse"], [[0, -3, -20, -1], "kept"]] as const) {
    const [errors, memory, descriptors, threads] = values;
    const grown = [figure("resident, growth", "%", memory), figure("descriptors, growth", "count", descriptors), figure("threads, growth", "count", threads)];
    assert.deepEqual(gradesOf(outcomeOf({ figures: [figure("errors", "count", errors), ...grown] })), Array(4).fill(grade));
  }
});

describe("a soak", () => {
  const soakWith = (generator: string, run: string, ...words: string[]): Promise<Outcome> =>
    soakMeasure.run(standInBench(join(folder, run), generator, 1_000_000, ...words));

  test("is three loads of five minutes that read, write and drop connections", async () => {
    const outcome = await soakWith(generatorThatSays(join(folder, "well")), "whole");
    assert.deepEqual(outcome.troubles, []);
    assert.equal(sampleOf(outcome, "requests dropped with their connection"), 30);
    assert.deepEqual(outcome.series.map(({ metric }) => metric), ["resident", "descriptors", "threads"]);
    assert.equal(outcome.hint, undefined);
    for (const leg of [1, 2, 3]) {
      const plan = JSON.parse(readFileSync(join(folder, `whole/soak-${leg}/plan.json`), "utf8"));
      assert.deepEqual([plan.load.rate, plan.duration_s, plan.warmup_s, plan.drop_connections_per_s], [500, 300, 0, 10]);
      const names = plan.mix.map(({ name }: { name: string }) => name);
      for (const kind of ["search", "booking", "publish"]) assert.ok(names.includes(kind), kind);
    }
  });

  test("counts the errors of all its loads, and says when it was short", async () => {
    const outcome = await soakWith(generatorThatSays(join(folder, "closing"), { errors: { closed: 1 } }), "errors", "--soak-minutes", "6");
    assert.equal(sampleOf(outcome, "errors"), 2);
    assert.equal(outcome.hint, "6 of 15 minutes");
  });

  test("that breaks keeps what was seen, and proves nothing", async () => {
    const outcome = await soakWith(generatorThatSays(join(folder, "breaking"), {}, "soak-2"), "broken");
    assert.match(outcome.troubles.join("; "), /ended with 3: no luck.*1 of 3 loads/s);
    assert.ok(outcome.series.every(({ points }) => points.length > 0));
    assert.deepEqual(gradesOf(outcome).slice(1), ["unmeasured", "unmeasured", "unmeasured"]);
  });
});

describe("memory", () => {
  test("tells what a search costs with the world's size, and what disturbed it", () => {
    const outcome = searchGrowth(3_000_000, goodLoad({}, { others: 7 }));
    assert.deepEqual([sampleOf(outcome, "search, cpu a request"), sampleOf(outcome, "search, p50")], [1_000, 0.4]);
    assert.ok(outcome.figures.every(({ trips }) => trips === 3_000_000));
    assert.match(outcome.notes[0] ?? "", /^3 M trips: other programs took up to 0.7 cores/);
  });

  test("is drawn from the smallest world to the largest, in whatever order they came, after ten seconds of searches", async () => {
    const generator = generatorThatSays(join(folder, "searching"));
    const outcome = outcomeOf();
    for (const trips of [3_000_000, 10_000, 100_000]) {
      merge(outcome, await memoryMeasure.run(standInBench(join(folder, String(trips)), generator, trips, "--rounds", "1")));
    }
    assert.deepEqual(outcome.troubles, []);
    const [head, ...rows] = growthRows(outcome.figures);
    assert.deepEqual(head, ["trips", "10 k", "100 k", "3 M"]);
    const ofProcess = ["start, s", "resident, loaded, MB", "resident, after searches, MB", "peak, MB"];
    const ofSearches = ["search, throughput, req/s", "search, p50, ms", "search, p99, ms", "search, cpu a request, us"];
    assert.deepEqual(rows.map(([kind]) => kind).sort(), [...ofProcess, ...ofSearches].sort());
    for (const metric of ["start", "search, p50"]) {
      const drawn = h("p", {}, growth(outcome.figures.filter((one) => one.metric === metric), () => "red"));
      assert.equal(renderToString(drawn).match(/<circle/g)?.length, 3, metric);
    }
    const plan = JSON.parse(readFileSync(join(folder, "10000/memory-10000-1/plan.json"), "utf8"));
    assert.equal(plan.warmup_s + plan.duration_s, 10, "the warm-up is part of what the budget counts");
  });
});
