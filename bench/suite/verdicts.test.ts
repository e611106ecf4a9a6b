import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askedText, type Budget, budgets, budgetText } from "./budgets.ts";
import { measures } from "./measures/all.ts";
import { type Figure, type Outcome, outcomeOf, type Verdict } from "./model.ts";
import { disturbances, judge, judgeMeasure } from "./verdicts.ts";

const million = 1_000_000;
const ratio: Budget = { measure: "trip", metric: "cost", what: "a read", against: "fastify", found: 5, tolerance: 0.2, asked: 6, unit: "x" };
const limit: Budget = { measure: "mixed", metric: "p95", what: "p95", found: 8, tolerance: 0.25, unit: "ms", trips: million };

function outcome(...figures: Partial<Figure>[]): Outcome {
  return outcomeOf({ figures: figures.map((figure) => ({ subject: "safargo", metric: "cost", unit: "us", trips: million, samples: [], ...figure })) });
}

function costs(mine: number[], theirs: number[]): Verdict {
  return judge(ratio, outcome({ samples: mine }, { subject: "fastify", samples: theirs }), million);
}

function p95(...samples: number[]): Partial<Figure> {
  return { metric: "p95", unit: "ms", samples };
}

describe("a ratio", () => {
  test("of costs is how many times less a request costs, round by round, and may be worse by what noise makes it", () => {
    const found = costs([100, 100, 100], [400, 500, 390]);
    assert.deepEqual([found.grade, found.found, found.budget, found.asked], ["kept", "4 x (3.9 - 5)", "4 x fastify", ">= 6 x fastify"]);
    assert.match(found.why, /the rounds disagree; not yet as asked/);
    assert.equal(costs([100, 100, 100], [399, 398, 397]).grade, "worse");
    assert.equal(costs([100, 100, 100], [600, 600, 600]).why, "as asked");
    const throughputs = outcome({ metric: "throughput", samples: [450] }, { subject: "fastify", metric: "throughput", samples: [100] });
    assert.equal(judge({ ...ratio, metric: "throughput" }, throughputs, million).found, "4.5 x", "more is answered");
  });

  test("is unmeasured without the peer or ourselves, or when the peer answered nothing, and says so", () => {
    for (const [figures, why] of [
      [outcome({ samples: [4] }, { subject: "fastify-gist", samples: [1] }), "fastify was not measured"],
      [outcome({ subject: "fastify", samples: [1] }), "no cost of SafarGo"],
      [outcome({ samples: [0] }, { subject: "fastify", samples: [1] }), "fastify gave no answers"],
    ] as const) {
      const found = judge(ratio, figures, million);
      assert.deepEqual([found.grade, found.why], ["unmeasured", why]);
    }
  });
});

test("without a number that was found a budget is told: neither kept nor worse, and no gap when it was not measured", () => {
  const { found: _, ...told } = ratio;
  for (const theirs of [100, 900]) {
    const said = judge(told, outcome({ samples: [100] }, { subject: "fastify", samples: [theirs] }), million);
    assert.deepEqual([said.grade, said.found, said.budget], ["told", `${theirs / 100} x`, ""]);
  }
  assert.equal(judge(told, outcome({ samples: [400] }), million).grade, "told");
});

test("health is judged against Fastify on all cores and never against one process of it", () => {
  const one = { subject: "fastify-one-process", samples: [30] };
  const both = judgeMeasure("health", outcome({ samples: [10] }, one, { subject: "fastify-btree", samples: [12] }), million);
  assert.deepEqual(both.map(({ grade, found }) => [grade, found]), [["worse", "1.2 x"], ["told", "3 x"], ["told", "10 us"]]);
  const alone = judgeMeasure("health", outcome({ samples: [10] }, one), million);
  assert.deepEqual(alone.map(({ grade }) => grade), ["unmeasured", "told", "told"]);
});

describe("a limit", () => {
  test("is kept at it and not above; on another world, or under a load that was shortened, it is only a hint", () => {
    const at = (value: number): string => judge(limit, outcome(p95(value, value, value)), million).grade;
    assert.deepEqual([at(10), at(10.01)], ["kept", "worse"]);
    const found = judge(limit, outcome({ ...p95(3), trips: 10_000 }), 10_000);
    assert.match(found.why, /only a hint: 10,000 trips, the budget is for 1,000,000; one round/);
    assert.match(judge(limit, { ...outcome(p95(3)), hint: "1 of 15 minutes" }, million).why, /only a hint: 1 of 15 minutes/);
  });

  test("is judged on its own world when that was measured too", () => {
    const found = judge(limit, outcome({ ...p95(3), trips: 10_000 }, p95(30)), 10_000);
    assert.equal(found.grade, "worse");
    assert.doesNotMatch(found.why, /hint/);
  });

  test("of a larger world than the run has is left out", () => {
    const loaded = { metric: "resident, loaded", unit: "MB" as const, samples: [150] };
    const names = (...figures: Partial<Figure>[]): string[] => judgeMeasure("memory", outcome(...figures), million).map(({ what }) => what);
    assert.ok(!names(loaded).some((what) => what.includes("3 M")));
    assert.ok(names(loaded, { ...loaded, trips: 3 * million }).some((what) => what.includes("3 M")));
  });
});

test("a busy machine is said beside the verdict and in a note, and what the generator did is not blamed on others", () => {
  const said = (...figures: Partial<Figure>[]): string => disturbances(outcome(...figures).figures).join();
  const crowded: Partial<Figure> = { metric: "cpu of others", unit: "CPU", samples: [0.1, 0.8] };
  assert.match(judge(limit, outcome(p95(3, 3, 3), crowded), million).why, /busy machine/);
  assert.match(said(crowded), /up to 0.8 cores/);
  assert.equal(said({ ...crowded, samples: [0.1, 0.2] }), "");
  assert.match(said({ metric: "generator late, at most", samples: [1, 7] }), /late itself, by up to 7 ms/);
  assert.match(said({ metric: "cpu of the generator", samples: [0.95] }), /safargo may be faster: the generator was at its limit/);
});

test("every budget belongs to a measure and says what it is, and every measure gives a verdict for each of its own", () => {
  const names = new Set(measures.map(({ name }) => name));
  for (const budget of budgets) {
    const { measure, what, found } = budget;
    assert.ok(names.has(measure), `${what}: there is no measure ${measure}`);
    assert.equal(budgetText(budget) === "", found === undefined, what);
    assert.equal(judgeMeasure(measure, outcomeOf(), 3 * million).length, budgets.filter((one) => one.measure === measure).length);
  }
  assert.deepEqual(budgets.filter(({ found, against }) => found === undefined && against === undefined).map(askedText).filter(Boolean), ["<= 5 ms", "<= 250 MB", "<= 300 us"]);
});
