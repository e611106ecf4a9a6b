// The soak's whole way with a stand-in for the generator: its plans, its legs, and what is left of a run that breaks.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Outcome } from "../model.ts";
import { judgeMeasure } from "../verdicts.ts";
import { soakMeasure } from "./soak.ts";
import { generatorThatSays, standInBench } from "./stand_ins.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-soak-"));
after(() => rmSync(folder, { recursive: true }));

function soakWith(generator: string, run: string, ...words: string[]): Promise<Outcome> {
  return soakMeasure.run(standInBench(join(folder, run), generator, 1_000_000, ...words));
}

function sampleOf({ figures }: Outcome, metric: string): number | undefined {
  return figures.find((figure) => figure.metric === metric)?.samples[0];
}

describe("a soak", () => {
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
    assert.match(outcome.troubles.join("; "), /safargo-load ended with 3: no luck.*1 of 3 loads/s);
    assert.ok(outcome.series.every(({ points }) => points.length > 0));
    const grown = judgeMeasure("soak", outcome, 1_000_000).filter(({ what }) => what.includes("growth"));
    assert.deepEqual(grown.map(({ grade }) => grade), ["unmeasured", "unmeasured", "unmeasured"]);
  });
});
