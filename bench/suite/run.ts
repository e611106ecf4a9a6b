// One run: worlds one after the other, on the first of them all measures.
import { answersWithData, checkEqual, compare } from "./comparison.ts";
import type { Bench, Comparison, Experiment, Measure, Pace } from "./measure.ts";
import { type MeasureResult, merge, type Outcome, outcomeOf, type Results } from "./model.ts";
import type { Options } from "./options.ts";
import { disturbances, judgeMeasure } from "./verdicts.ts";
import { startCluster, stopCluster, World } from "./world/world.ts";
import { prepareWriters, type Wanted, type WritePool } from "./world/writers.ts";

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

function record({ options, results, save }: Run, { name, what, load }: Measure, outcome: Outcome): void {
  const trips = options.worlds[0] as number;
  const notes = [...outcome.notes, ...disturbances(outcome.figures)];
  const result: MeasureResult = { name, what, load, trips, ...outcome, notes, verdicts: judgeMeasure(name, outcome, trips) };
  const at = results.measures.findIndex((known) => known.name === name);
  results.measures.splice(at < 0 ? results.measures.length : at, 1, result);
  save();
}

/** A failure in one measure is recorded, and the next one is still measured. */
async function attempt(run: Run, measure: Experiment, bench: Bench, into: Outcome): Promise<void> {
  try {
    merge(into, await measure.run(bench));
  } catch (error) {
    into.troubles.push((error as Error).message);
  }
  record(run, measure, into);
}

async function checkAnswers({ results }: Run, bench: Bench): Promise<void> {
  for (const peer of bench.peers.filter(answersWithData)) {
    bench.say(`equal answers?  ${peer.name}`);
    const found = await checkEqual(bench, peer).catch((error: Error) => ({ peer: peer.name, compared: 0, equal: false, said: error.message }));
    results.equality.push(found);
    if (!found.equal) results.warnings.push(`${peer.name} does not answer as SafarGo does: ${found.said.split("\n")[0]}`);
    bench.say(`equal answers?  ${peer.name}: ${found.equal ? `${found.compared} answers are equal` : "no"}`);
  }
}

/** What the chosen measures will deal out: the database is prepared for no more. */
export function writingNeeds(chosen: readonly Measure[], options: Options, pace: Pace): Wanted {
  const all = chosen.flatMap((measure) => (measure.kind === "comparison" ? [] : [measure.writes?.(options, pace) ?? { bookings: 0, publications: 0 }]));
  const sum = (name: keyof Wanted): number => all.reduce((sofar, wanted) => sofar + Math.ceil(wanted[name]), 1_000);
  return { bookings: sum("bookings"), publications: sum("publications") };
}

async function openWorld({ chosen, common, options, results }: Run, world: World): Promise<Bench> {
  results.worlds.push(await world.facts());
  for (const [name, value] of Object.entries(await world.settings())) results.machine[`PostgreSQL ${name}`] = value;
  let pool: Promise<WritePool> | undefined;
  const prepare = (): Promise<WritePool> => {
    common.say("people and trips for the writing measures");
    return prepareWriters(world, common.secret, writingNeeds(chosen, options, common.pace), results.started);
  };
  return { ...common, world, today: new Date().toISOString().slice(0, 10), pool: () => (pool ??= prepare()) };
}

async function withWorld(run: Run, trips: number, work: (bench: Bench) => Promise<void>): Promise<void> {
  const { common, options } = run;
  common.say(`world of ${trips.toLocaleString("en-US")} trips`);
  const cluster = await startCluster(common.root, trips, options.seed);
  try {
    const world = await World.copyOf(cluster, trips, options.seed);
    await work(await openWorld(run, world));
    await world.drop();
  } finally {
    await stopCluster(common.root, cluster);
  }
}

export async function runAll(run: Run): Promise<void> {
  const comparisons = run.chosen.filter((measure): measure is Comparison => measure.kind === "comparison");
  const experiments = run.chosen.filter((measure): measure is Experiment => measure.kind !== "comparison");
  const outcomes = new Map(experiments.map((experiment) => [experiment, outcomeOf()]));
  const attemptAll = async (bench: Bench, kind: Experiment["kind"]): Promise<void> => {
    for (const [experiment, outcome] of outcomes) if (experiment.kind === kind) await attempt(run, experiment, bench, outcome);
  };
  const [main = 0, ...others] = run.options.worlds;
  await withWorld(run, main, async (bench) => {
    if (comparisons.length > 0) {
      await checkAnswers(run, bench);
      await compare(bench, comparisons, (comparison, outcome) => record(run, comparison, outcome));
    }
    for (const kind of ["grows", "reads", "writes"] as const) await attemptAll(bench, kind);
  });
  if (!experiments.some(({ kind }) => kind === "grows")) return;
  for (const trips of others) await withWorld(run, trips, (bench) => attemptAll(bench, "grows"));
}
