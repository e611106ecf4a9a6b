// One run: worlds one after the other, on the first of them all measures.
import { type Outcomes, compare } from "./comparison.ts";
import { disturbances } from "./disturbances.ts";
import { answersWithData, checkEqual } from "./equality.ts";
import type { Bench, Comparison, Experiment, Growth, Measure, Pace } from "./measure.ts";
import { emptyOutcome, merge, type MeasureResult, type Outcome, type Results } from "./model.ts";
import type { Options } from "./options.ts";
import { type Cluster, startCluster, stopCluster } from "./world/cluster.ts";
import { World } from "./world/world.ts";
import { WritePool } from "./world/writers.ts";
import { judgeMeasure } from "./verdicts.ts";
import { writingNeeds } from "./writing_needs.ts";

export interface Run {
  options: Options;
  chosen: readonly Measure[];
  results: Results;
  save: () => void;
  /** All of Bench that does not depend on the world. */
  common: Omit<Bench, "world" | "pool" | "today">;
}

export function paceOf({ quick }: Options): Pace {
  return quick ? { warmup: 0.5, measured: 1.5 } : { warmup: 1, measured: 5 };
}

function ofKind<K extends Measure["kind"]>(chosen: readonly Measure[], kind: K): Extract<Measure, { kind: K }>[] {
  return chosen.filter((measure): measure is Extract<Measure, { kind: K }> => measure.kind === kind);
}

function record(run: Run, measure: Measure, outcome: Outcome): void {
  const { name, what, load } = measure;
  const trips = run.options.worlds[0] as number;
  const notes = [...outcome.notes, ...disturbances(outcome.figures)];
  const result: MeasureResult = { name, what, load, trips, ...outcome, notes, verdicts: judgeMeasure(name, outcome, trips) };
  const at = run.results.measures.findIndex((known) => known.name === name);
  if (at < 0) run.results.measures.push(result);
  else run.results.measures[at] = result;
  run.save();
}

/** What goes wrong in one measure is written down, and the next one is still measured. */
async function attempt(run: Run, measure: Experiment | Growth, bench: Bench, into: Outcome): Promise<void> {
  try {
    merge(into, await measure.run(bench));
  } catch (error) {
    into.troubles.push((error as Error).message);
  }
  record(run, measure, into);
}

async function runComparisons(run: Run, bench: Bench, comparisons: readonly Comparison[]): Promise<void> {
  if (comparisons.length === 0) return;
  const outcomes: Outcomes = new Map();
  await compare(bench, comparisons, outcomes, () => {
    for (const [comparison, outcome] of outcomes) record(run, comparison, outcome);
  });
  for (const [comparison, outcome] of outcomes) record(run, comparison, outcome);
}

async function checkAnswers(run: Run, bench: Bench, comparisons: readonly Comparison[]): Promise<void> {
  if (comparisons.length === 0) return;
  for (const peer of bench.peers.filter(answersWithData)) {
    bench.say(`equal answers?  ${peer.name}`);
    const found = await checkEqual(bench, peer).catch((error: Error) => ({ peer: peer.name, compared: 0, equal: false, said: error.message }));
    run.results.equality.push(found);
    if (!found.equal) run.results.warnings.push(`${peer.name} does not answer as SafarGo does: ${found.said.split("\n")[0]}`);
    bench.say(`equal answers?  ${peer.name}: ${found.equal ? `${found.compared} answers are equal` : "no"}`);
  }
}

async function openWorld(run: Run, cluster: Cluster, trips: number): Promise<Bench> {
  const world = await World.copyOf(cluster, trips, run.options.seed);
  run.results.worlds.push(await world.facts());
  for (const [name, value] of Object.entries(await world.settings())) run.results.machine[`PostgreSQL ${name}`] = value;
  let pool: Promise<WritePool> | undefined;
  const prepare = (): Promise<WritePool> => {
    run.common.say("people and trips for the writing measures");
    return WritePool.prepare(world, run.common.secret, writingNeeds(run.chosen, run.options, run.common.pace), run.results.started);
  };
  return { ...run.common, world, today: new Date().toISOString().slice(0, 10), pool: () => (pool ??= prepare()) };
}

async function withWorld(run: Run, trips: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  run.common.say(`world of ${trips.toLocaleString("en-US")} trips`);
  const cluster = await startCluster(run.common.root, trips, run.options.seed);
  try {
    const bench = await openWorld(run, cluster, trips);
    await work(bench);
    await bench.world.close();
  } finally {
    await stopCluster(run.common.root, cluster);
  }
}

export async function runAll(run: Run): Promise<void> {
  const [main, ...others] = run.options.worlds;
  const growths = new Map(ofKind(run.chosen, "growth").map((growth) => [growth, emptyOutcome()]));
  const grow = async (bench: Bench): Promise<void> => {
    for (const [growth, outcome] of growths) await attempt(run, growth, bench, outcome);
  };
  await withWorld(run, main as number, async (bench) => {
    const comparisons = ofKind(run.chosen, "comparison");
    const experiments = ofKind(run.chosen, "experiment");
    await checkAnswers(run, bench, comparisons);
    await runComparisons(run, bench, comparisons);
    await grow(bench);
    for (const experiment of experiments.filter(({ writes }) => !writes)) await attempt(run, experiment, bench, emptyOutcome());
    for (const experiment of experiments.filter(({ writes }) => writes)) await attempt(run, experiment, bench, emptyOutcome());
  });
  if (growths.size === 0) return;
  for (const trips of others) await withWorld(run, trips, grow);
}
