import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LoadReport } from "../load/report.ts";
import { emptyOutcome, type Figure, merge } from "../model.ts";
import { tokenLife } from "../token.ts";
import { judgeMeasure } from "../verdicts.ts";
import { dropFigures, legsOf, soakShortcomings, sumErrors } from "./soak.ts";
import { goodReport } from "./stand_ins.ts";

function report(changes: Partial<LoadReport> = {}): LoadReport {
  return { ...goodReport, ...changes };
}

function figure(metric: string, samples: number[], unit: Figure["unit"] = "count"): Figure {
  return { subject: "safargo", trips: 1_000_000, metric, unit, samples };
}

describe("the legs of a soak", () => {
  for (const soakMinutes of [1, 5, 7, 15, 120]) {
    test(`are ${soakMinutes} minutes together, each well within the life of its tokens`, () => {
      const { count, seconds } = legsOf({ soakMinutes });
      assert.ok(Math.abs(count * seconds - soakMinutes * 60) < 1e-6);
      assert.ok(seconds <= tokenLife / 3);
    });
  }

  test("hide no error behind their median", () => {
    const outcome = emptyOutcome();
    for (const errors of [0, 3, 0]) merge(outcome, { ...emptyOutcome(), figures: [figure("errors", [errors])] });
    sumErrors(outcome);
    assert.deepEqual(outcome.figures[0]?.samples, [3]);
    assert.equal(judgeMeasure("soak", outcome, 1_000_000)[0]?.grade, "missed");
  });

  test("add up what was dropped, which is no error", () => {
    assert.deepEqual(dropFigures(1, [report(), report({ dropped: 5 })]).map(({ samples }) => samples[0]), [15, 180]);
  });
});

describe("a soak is none", () => {
  const legs = { count: 2, seconds: 10 };
  const said = (reports: LoadReport[], alive = true): string => soakShortcomings(reports, legs, alive).join("; ");

  test("unless all of it happened", () => {
    assert.equal(said([report(), report()]), "");
    assert.match(said([report()]), /1 of 2 loads/);
    assert.match(said([report(), report({ exhausted: true })]), /ran out/);
  });

  test("when no connection was dropped", () => {
    assert.match(said([report(), report({ connections_opened: 20 })]), /no connection was dropped/);
  });

  test("when the API did not live to see its end", () => {
    assert.match(said([report(), report()], false), /SafarGo ended/);
  });
});

test("the budgets of a soak are no error, and next to no growth", () => {
  const grades = (errors: number, memory: number, descriptors: number, threads: number): string[] => {
    const figures = [figure("errors", [errors]), figure("resident, growth", [memory], "%"), figure("descriptors, growth", [descriptors]), figure("threads, growth", [threads])];
    return judgeMeasure("soak", { ...emptyOutcome(), figures }, 1_000_000).map(({ grade }) => grade);
  };
  assert.deepEqual(grades(0, 5, 16, 0), ["met", "met", "met", "met"]);
  assert.deepEqual(grades(1, 5.1, 17, 1), ["missed", "missed", "missed", "missed"]);
  assert.deepEqual(grades(0, -3, -20, -1), ["met", "met", "met", "met"]);
});
