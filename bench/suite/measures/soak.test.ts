// The soak's parts, and its whole way with a stand-in for the generator: its plans, its legs, and what is left of a run that
// breaks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { LoadReport } from "../load/report.ts";
import { figuresOf, merge, type Outcome, outcomeOf } from "../model.ts";
import { tokenLife } from "../token.ts";
import { judgeMeasure } from "../verdicts.ts";
import { dropFigures, legsOf, soakMeasure, soakShortcomings, sumErrors } from "./soak.ts";
import { generatorThatSays, goodLoad, standInBench, testFolder } from "./stand_ins.ts";

const report = (changes: Partial<LoadReport> = {}): LoadReport => goodLoad(changes).report;
const figure = figuresOf("safargo", 1_000_000);
const gradesOf = (outcome: Outcome): string[] => judgeMeasure("soak", outcome, 1_000_000).map(({ grade }) => grade);

describe("the legs of a soak", () => {
  for (const soakMinutes of [1, 5, 7, 15, 120]) {
    test(`are ${soakMinutes} minutes together, each well within the life of its tokens`, () => {
      const { count, seconds } = legsOf({ soakMinutes });
      assert.ok(Math.abs(count * seconds - soakMinutes * 60) < 1e-6);
      assert.ok(seconds <= tokenLife / 3);
    });
  }

  test("hide no error behind their median", () => {
    const outcome = outcomeOf();
    for (const errors of [0, 3, 0]) merge(outcome, outcomeOf({ figures: [figure("errors", "count", errors)] }));
    sumErrors(outcome);
    assert.deepEqual(outcome.figures[0]?.samples, [3]);
    assert.equal(gradesOf(outcome)[0], "worse");
  });

  test("add up what was dropped, which is no error", () => {
    assert.deepEqual(dropFigures(1, [report(), report({ dropped: 5 })]).map(({ samples }) => samples[0]), [15, 180]);
  });
});

test("a soak is none unless all of it happened", () => {
  const said = (reports: LoadReport[], alive = true): string => soakShortcomings(reports, { count: 2, seconds: 10 }, alive).join("; ");
  assert.equal(said([report(), report()]), "");
  assert.match(said([report()]), /1 of 2 loads/);
  assert.match(said([report(), report({ exhausted: true })]), /ran out/);
  assert.match(said([report(), report({ connections_opened: 20 })]), /no connection was dropped/);
  assert.match(said([report(), report()], false), /SafarGo ended/);
});

test("the budgets of a soak are no error, and next to no growth", () => {
  const grades = (errors: number, memory: number, descriptors: number, threads: number): string[] => {
    const grown = [figure("resident, growth", "%", memory), figure("descriptors, growth", "count", descriptors), figure("threads, growth", "count", threads)];
    return gradesOf(outcomeOf({ figures: [figure("errors", "count", errors), ...grown] }));
  };
  assert.deepEqual(grades(0, 5, 16, 0), ["kept", "kept", "kept", "kept"]);
  assert.deepEqual(grades(1, 5.1, 17, 1), ["worse", "worse", "worse", "worse"]);
  assert.deepEqual(grades(0, -3, -20, -1), ["kept", "kept", "kept", "kept"]);
});

describe("a soak", () => {
  const folder = testFolder();
  const soakWith = (generator: string, run: string, ...words: string[]): Promise<Outcome> =>
    soakMeasure.run(standInBench(join(folder, run), generator, 1_000_000, ...words));
  const sampleOf = ({ figures }: Outcome, metric: string): number | undefined => figures.find((one) => one.metric === metric)?.samples[0];

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
      assert.ok(names.includes("search") && names.includes("booking") && names.includes("publish"));
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
