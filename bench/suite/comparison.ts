// SafarGo and its peers side by side. Before anything is measured: do the peers give exactly SafarGo's answers? Then subjects take turns:
// in each round every subject is started alone, receives each of its loads, and is stopped.
import { firstDifference } from "./differences.ts";
import { loadOutcome, only, runLoad } from "./load/generator.ts";
import type { Bench, Comparison } from "./measure.ts";
import { type Equality, merge, type Outcome, outcomeOf } from "./model.ts";
import { placeLists, type Request, tripsById } from "./requests/request.ts";
import { searches } from "./requests/searches.ts";
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

const each = 60;
const radii = [1, 5, 20, 50, 100];

/** A peer that only answers health has nothing to compare. */
export function answersWithData(peer: Subject): boolean {
  return ["trip", "places", "search"].some((kind) => peer.takesPartIn(kind));
}

async function questions(bench: Bench, peer: Subject): Promise<Request[]> {
  const seed = bench.options.seed + 1;
  const kinds = ["gravity", "hot", "desert"] as const;
  const searched = radii.flatMap((radiusKm) =>
    kinds.flatMap((kind) => searches(bench, { kind, count: each / 3, seed: seed + radiusKm, radiusKm })),
  );
  return [
    ...(peer.takesPartIn("trip") ? tripsById(await bench.world.someTrips(each, seed), seed) : []),
    ...(peer.takesPartIn("places") ? placeLists(each, seed) : []),
    ...(peer.takesPartIn("search") ? searched : []),
  ];
}

/** The texts of refusals are each server's own. */
async function answer({ origin }: Running, { method, path }: Request): Promise<unknown> {
  const response = await fetch(origin + path, { method, signal: AbortSignal.timeout(60_000) });
  const body = await response.text();
  return response.ok ? { status: response.status, body: JSON.parse(body) as unknown } : { status: response.status };
}

export async function checkEqual(bench: Bench, peer: Subject): Promise<Equality> {
  const asked = await questions(bench, peer);
  const differences: string[] = [];
  const { url } = bench.world;
  await withServer(bench.safargo, url, (ours) =>
    withServer(peer, url, async (theirs) => {
      for (const request of asked) {
        const difference = firstDifference(await answer(ours, request), await answer(theirs, request));
        if (difference !== undefined) differences.push(`${request.path}: ${difference}`);
      }
    }),
  );
  const said = differences.length === 0 ? "" : [`${differences.length} answers differ`, ...differences.slice(0, 10)].join("\n");
  return { peer: peer.name, compared: asked.length, equal: differences.length === 0, said };
}
