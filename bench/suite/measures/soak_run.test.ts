// The soak's whole way with a stand-in for the generator, which ends at once: its plans, its legs, and what is left of a
// run that breaks.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Bench } from "../measure.ts";
import { emptyOutcome, type Outcome } from "../model.ts";
import { parseOptions } from "../options.ts";
import { readGeography } from "../requests/geography.ts";
import { LoggedProgram } from "../subjects/program.ts";
import { Running, type Subject } from "../subjects/subject.ts";
import { judgeMeasure } from "../verdicts.ts";
import type { WritePool } from "../world/writers.ts";
import type { World } from "../world/world.ts";
import { soakMeasure } from "./soak.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-soak-"));
after(() => rmSync(folder, { recursive: true }));

const latency = { min: 1, mean: 1, p50: 1, p90: 1, p95: 1, p99: 1, p999: 1, max: 1 };
const report = {
  seconds: 300, sent: 9_000, answered: 8_990, throughput_rps: 500, exhausted: false, dropped: 10, connections: 20, connections_opened: 90,
  errors: { closed: 0 }, statuses: {}, cpu_seconds: 1, latency_us: latency, histogram: [[1, 8_990]], mix: {}, unexpected: [],
};

/** Writes the report, or fails in the leg that is named. */
function standIn(name: string, changes: Partial<typeof report>, failsIn = ""): string {
  const file = join(folder, name);
  const words = JSON.stringify(JSON.stringify({ ...report, ...changes }));
  const fails = `if (process.argv[2].includes("${failsIn}/")) { console.error("no luck"); process.exit(3); }`;
  writeFileSync(file, `#!${process.execPath}\n${failsIn === "" ? "" : fails}require("fs").writeFileSync(process.argv[4], ${words});\n`, { mode: 0o755 });
  return file;
}

function api(): Subject {
  const start = async (): Promise<Running> => {
    const idle = { program: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"], env: {} };
    return new Running(new LoggedProgram(idle, join(folder, "api.log")), 1, 0);
  };
  return { name: "safargo", takesPartIn: () => true, start };
}

async function soakWith(binary: string, raw: string, ...words: string[]): Promise<Outcome> {
  const dealt = (count: number) => Array.from({ length: Math.min(count, 3) }, () => ({ method: "POST" as const, path: "/" }));
  const pool = { bookings: dealt, publications: dealt } as unknown as WritePool;
  const world = { trips: 1_000_000, url: "", cluster: { pid: process.pid }, someTrips: async () => ["a", "b"] } as unknown as World;
  mkdirSync(join(folder, raw));
  return soakMeasure.run({
    options: parseOptions(words),
    world,
    geography: readGeography(join(import.meta.dirname, "../../../packages/database/data")),
    generator: { binary, folder: join(folder, raw) },
    safargo: api(),
    today: "2026-11-26",
    say: () => undefined,
    pool: async () => pool,
  } as unknown as Bench);
}

function sampleOf({ figures }: Outcome, metric: string): number | undefined {
  return figures.find((figure) => figure.metric === metric)?.samples[0];
}

describe("a soak", () => {
  test("is three loads of five minutes that read, write and drop connections", async () => {
    const outcome = await soakWith(standIn("well", {}), "whole");
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
    const outcome = await soakWith(standIn("closing", { errors: { closed: 1 } }), "errors", "--soak-minutes", "6");
    assert.equal(sampleOf(outcome, "errors"), 2);
    assert.equal(outcome.hint, "6 of 15 minutes");
  });

  test("that breaks keeps what was seen, and proves nothing", async () => {
    const outcome = await soakWith(standIn("breaking", {}, "soak-2"), "broken");
    assert.match(outcome.troubles.join("; "), /safargo-load ended with 3: no luck.*1 of 3 loads/s);
    assert.ok(outcome.series.every(({ points }) => points.length > 0));
    const grown = judgeMeasure("soak", { ...emptyOutcome(), ...outcome }, 1_000_000).filter(({ what }) => what.includes("growth"));
    assert.deepEqual(grown.map(({ grade }) => grade), ["unmeasured", "unmeasured", "unmeasured"]);
  });
});
