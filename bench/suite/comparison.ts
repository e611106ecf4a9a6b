// Subjects in turns: in each round each subject is started alone, gets every load it takes part in, and is stopped.
import { runLoad } from "./load/generator.ts";
import { outcomeOf } from "./load/report.ts";
import { type Bench, closedPlan, type Comparison } from "./measure.ts";
import { emptyOutcome, merge, type Outcome } from "./model.ts";
import type { Request } from "./requests/request.ts";
import type { Running, Subject } from "./subjects/subject.ts";

export type Outcomes = Map<Comparison, Outcome>;
type Prepared = Map<Comparison, readonly Request[]>;

function takesPart(subject: Subject, comparison: Comparison): boolean {
  if (subject.name === "safargo") return true;
  return comparison.peersCallIt !== undefined && subject.takesPartIn(comparison.peersCallIt);
}

async function prepare(bench: Bench, comparisons: readonly Comparison[], outcomes: Outcomes): Promise<Prepared> {
  const prepared: Prepared = new Map();
  for (const comparison of comparisons) {
    const outcome = emptyOutcome();
    outcomes.set(comparison, outcome);
    try {
      prepared.set(comparison, await comparison.requests(bench));
    } catch (error) {
      outcome.troubles.push(`no requests: ${(error as Error).message}`);
    }
  }
  return prepared;
}

interface Turn {
  round: number;
  subject: Subject;
  prepared: Prepared;
  outcomes: Outcomes;
  save: () => void;
}

async function measure(bench: Bench, { round, subject, outcomes, save }: Turn, running: Running, comparison: Comparison, requests: readonly Request[]) {
  const { name } = comparison;
  const outcome = outcomes.get(comparison) as Outcome;
  try {
    const plan = closedPlan(bench, comparison, requests);
    const loaded = await runLoad(bench.generator, `${name}-${subject.name}-${round}`, running, bench.world.cluster.pid, plan);
    merge(outcome, outcomeOf(subject.name, bench.world.trips, loaded));
    const { throughput_rps: rps, latency_us: latency } = loaded.report;
    bench.say(`round ${round}  ${subject.name}  ${name}  ${Math.round(rps)} req/s, p99 ${(latency.p99 / 1000).toFixed(2)} ms`);
  } catch (error) {
    outcome.troubles.push(`${subject.name}: ${(error as Error).message}`);
  }
  save();
}

async function takeTurn(bench: Bench, turn: Turn): Promise<void> {
  const mine = [...turn.prepared].filter(([comparison]) => takesPart(turn.subject, comparison));
  if (mine.length === 0) return;
  let running: Running;
  try {
    running = await turn.subject.start(bench.world.url);
  } catch (error) {
    for (const [comparison] of mine) turn.outcomes.get(comparison)?.troubles.push((error as Error).message);
    return;
  }
  try {
    for (const [comparison, requests] of mine) await measure(bench, turn, running, comparison, requests);
  } finally {
    await running.stop();
  }
}

/** `save` is called after each load, so that a run that breaks leaves what it had. */
export async function compare(bench: Bench, comparisons: readonly Comparison[], outcomes: Outcomes, save: () => void): Promise<void> {
  const prepared = await prepare(bench, comparisons, outcomes);
  for (let round = 1; round <= bench.options.rounds; round += 1) {
    for (const subject of [bench.safargo, ...bench.peers]) await takeTurn(bench, { round, subject, prepared, outcomes, save });
  }
}
