// Subjects take turns: in each round every subject is started alone, receives each of its loads, and is stopped.
import { only, runLoad } from "./load/generator.ts";
import { loadOutcome } from "./load/report.ts";
import type { Bench, Comparison } from "./measure.ts";
import { merge, type Outcome, outcomeOf } from "./model.ts";
import type { Request } from "./requests/request.ts";
import { type Running, type Subject, withServer } from "./subjects/servers.ts";

interface Prepared {
  comparison: Comparison;
  requests: readonly Request[];
  outcome: Outcome;
}

type Save = (comparison: Comparison, outcome: Outcome) => void;

async function prepare(bench: Bench, comparison: Comparison): Promise<Prepared> {
  const outcome = outcomeOf();
  try {
    return { comparison, requests: await comparison.requests(bench), outcome };
  } catch (error) {
    outcome.troubles.push(`no requests: ${(error as Error).message}`);
    return { comparison, requests: [], outcome };
  }
}

function takesPart(subject: Subject, { comparison: { peersCallIt }, requests }: Prepared): boolean {
  return requests.length > 0 && (subject.name === "safargo" || (peersCallIt !== undefined && subject.takesPartIn(peersCallIt)));
}

async function measure(bench: Bench, subject: string, round: number, running: Running, { comparison, requests, outcome }: Prepared): Promise<void> {
  const { name, connections, order = "cycle" } = comparison;
  const plan = { load: { kind: "closed", connections }, mix: only(name.replaceAll(".", "-"), requests, order) } as const;
  const loaded = await runLoad(bench, running, `${name}-${subject}-${round}`, plan);
  merge(outcome, loadOutcome(subject, bench.world.trips, loaded));
  const { throughput_rps: rps, latency_us: latency } = loaded.report;
  bench.say(`round ${round}  ${subject}  ${name}  ${Math.round(rps)} req/s, p99 ${(latency.p99 / 1000).toFixed(2)} ms`);
}

async function takeTurn(bench: Bench, subject: Subject, round: number, mine: readonly Prepared[], save: Save): Promise<void> {
  if (mine.length === 0) return;
  try {
    await withServer(subject, bench.world.url, async (running) => {
      for (const one of mine) {
        await measure(bench, subject.name, round, running, one).catch((error: Error) => one.outcome.troubles.push(`${subject.name}: ${error.message}`));
        save(one.comparison, one.outcome);
      }
    });
  } catch (error) {
    for (const { outcome } of mine) outcome.troubles.push((error as Error).message);
  }
}

/** `save` is called after each load, so that a broken run keeps its results so far. */
export async function compare(bench: Bench, comparisons: readonly Comparison[], save: Save): Promise<void> {
  const prepared: Prepared[] = [];
  for (const comparison of comparisons) prepared.push(await prepare(bench, comparison));
  for (let round = 1; round <= bench.options.rounds; round += 1) {
    for (const subject of [bench.safargo, ...bench.peers]) {
      await takeTurn(bench, subject, round, prepared.filter((one) => takesPart(subject, one)), save);
    }
  }
  for (const { comparison, outcome } of prepared) save(comparison, outcome);
}
