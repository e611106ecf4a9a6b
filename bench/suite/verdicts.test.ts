import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Budget, budgets } from "./budgets.ts";
import { measures } from "./measures/all.ts";
import { emptyOutcome, type Figure, type Outcome } from "./model.ts";
import { disturbances } from "./disturbances.ts";
import { short, showSpread } from "./numbers.ts";
import { judge, judgeMeasure } from "./verdicts.ts";

const ratioBudget: Budget = { measure: "trip", metric: "throughput", what: "a read", rule: { kind: "ratio", against: "fastify", atLeast: 4 } };
const limitBudget: Budget = { measure: "mixed", metric: "p95", what: "p95", rule: { kind: "below", limit: 10 }, trips: 1_000_000 };

function outcome(...figures: Partial<Figure>[]): Outcome {
  const whole = figures.map((figure) => ({ subject: "safargo", metric: "throughput", unit: "req/s" as const, trips: 1_000_000, samples: [], ...figure }));
  return { ...emptyOutcome(), figures: whole };
}

describe("a ratio", () => {
  test("is met by its median, round by round", () => {
    const found = judge(ratioBudget, outcome({ samples: [400, 500, 390] }, { subject: "fastify-btree", samples: [100, 100, 100] }), 1_000_000);
    assert.equal(found.grade, "met");
    assert.equal(found.found, "4 x (3.9 - 5)");
    assert.match(found.why, /the rounds disagree/);
  });

  test("is missed below", () => {
    const found = judge(ratioBudget, outcome({ samples: [399, 398, 397] }, { subject: "fastify", samples: [100, 100, 100] }), 1_000_000);
    assert.equal(found.grade, "missed");
    assert.equal(found.why, "");
  });

  test("is unmeasured without the peer, and says so", () => {
    const found = judge(ratioBudget, outcome({ samples: [400] }, { subject: "nestjs", samples: [100] }), 1_000_000);
    assert.equal(found.grade, "unmeasured");
    assert.match(found.why, /fastify was not measured/);
  });

  test("is unmeasured without ourselves", () => {
    const found = judge(ratioBudget, outcome({ subject: "fastify", samples: [1] }), 1_000_000);
    assert.match(found.why, /no throughput of SafarGo/);
  });

  test("of a peer that answered nothing is unmeasured, not infinite", () => {
    const found = judge(ratioBudget, outcome({ samples: [400] }, { subject: "fastify", samples: [0] }), 1_000_000);
    assert.equal(found.grade, "unmeasured");
  });
});

describe("a ratio that is told for comparison", () => {
  const told: Budget = { ...ratioBudget, told: true };

  test("is shown and neither met nor missed", () => {
    for (const mine of [100, 900]) {
      const found = judge(told, outcome({ samples: [mine] }, { subject: "fastify", samples: [100] }), 1_000_000);
      assert.deepEqual([found.grade, found.found, found.budget], ["told", `${mine / 100} x`, "none"]);
      assert.match(found.why, /for comparison/);
    }
  });

  test("is no gap when it was not measured", () => {
    assert.equal(judge(told, outcome({ samples: [400] }), 1_000_000).grade, "told");
  });
});

test("health is judged against Fastify on all cores and never against one process of it", () => {
  const one = { subject: "fastify-one-process", samples: [100] };
  const both = judgeMeasure("health", outcome({ samples: [300] }, one, { subject: "fastify-btree", samples: [200] }), 1_000_000);
  assert.deepEqual(both.map(({ grade, found }) => [grade, found]), [["missed", "1.5 x"], ["told", "3 x"]]);
  const alone = judgeMeasure("health", outcome({ samples: [300] }, one), 1_000_000);
  assert.deepEqual(alone.map(({ grade }) => grade), ["unmeasured", "told"]);
});

describe("a limit", () => {
  test("is kept below and missed at it", () => {
    const at = (value: number) => judge(limitBudget, outcome({ metric: "p95", samples: [value, value, value] }), 1_000_000).grade;
    assert.equal(at(9.99), "met");
    assert.equal(at(10), "missed");
  });

  test("that may be reached is kept at it", () => {
    const budget: Budget = { ...limitBudget, rule: { kind: "atMost", limit: 0 } };
    const at = (value: number) => judge(budget, outcome({ metric: "p95", samples: [value] }), 1_000_000).grade;
    assert.equal(at(0), "met");
    assert.equal(at(1), "missed");
  });

  test("on another world is only a hint", () => {
    const found = judge(limitBudget, outcome({ metric: "p95", samples: [3], trips: 10_000 }), 10_000);
    assert.match(found.why, /only a hint: 10,000 trips, the budget is for 1,000,000; one round/);
  });

  test("under a load that was shortened is only a hint", () => {
    const short = { ...outcome({ metric: "p95", samples: [3] }), hint: "1 of 15 minutes" };
    assert.match(judge(limitBudget, short, 1_000_000).why, /only a hint: 1 of 15 minutes/);
  });

  test("is judged on its own world when that was measured too", () => {
    const found = judge(limitBudget, outcome({ metric: "p95", samples: [3], trips: 10_000 }, { metric: "p95", samples: [30] }), 10_000);
    assert.equal(found.grade, "missed");
    assert.doesNotMatch(found.why, /hint/);
  });
});

describe("a busy machine", () => {
  const crowded = { metric: "cpu of others", unit: "CPU" as const, samples: [0.1, 0.8] };

  test("is said beside the verdict and in a note", () => {
    const found = outcome({ metric: "p95", samples: [3, 3, 3] }, crowded);
    assert.match(judge(limitBudget, found, 1_000_000).why, /busy machine/);
    assert.match(disturbances(found.figures)[0] ?? "", /up to 0.8 cores/);
  });

  test("is none when others took next to nothing", () => {
    assert.deepEqual(disturbances(outcome({ ...crowded, samples: [0.1, 0.2] }).figures), []);
  });

  test("makes the load itself late", () => {
    const late = outcome({ metric: "generator late, at most", unit: "ms", samples: [1, 7] });
    assert.match(disturbances(late.figures)[0] ?? "", /late itself, by up to 7 ms/);
  });

  test("is not to blame for a generator at its limit", () => {
    const full = outcome({ metric: "cpu of the generator", unit: "CPU", samples: [0.95] });
    assert.match(disturbances(full.figures)[0] ?? "", /safargo may be faster: the generator was at its limit/);
  });
});

test("every budget belongs to a measure, and every measure with budgets gives a verdict for each", () => {
  const names = new Set(measures.map(({ name }) => name));
  for (const { measure, what } of budgets) {
    assert.ok(names.has(measure), `${what}: there is no measure ${measure}`);
    assert.equal(judgeMeasure(measure, emptyOutcome(), 1).length, budgets.filter((budget) => budget.measure === measure).length);
  }
});

test("numbers show three digits that count", () => {
  assert.equal(short(41_234.5), "41,235");
  assert.equal(short(27.149), "27.1");
  assert.equal(short(0.04567), "0.0457");
  assert.equal(short(0), "0");
  assert.equal(showSpread({ median: 2, min: 2, max: 2 }, "ms"), "2 ms");
  assert.equal(showSpread({ median: 2, min: 1, max: 3.5 }, "ms"), "2 ms (1 - 3.5)");
});
