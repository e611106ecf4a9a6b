// How long until a trip that was just published is found, at the replica that took it and at another one, while both and
// PostgreSQL are busy with writes.
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../../../tests/functional/harness/waiting.ts";
import { type Loaded, runLoad } from "../load/generator.ts";
import { type Bench, type Experiment, inRounds, type Pace } from "../measure.ts";
import { figuresOf, type Outcome, outcomeOf } from "../model.ts";
import type { Options } from "../options.ts";
import type { Publisher } from "../requests/writings.ts";
import { percentile } from "../statistics.ts";
import { type Running, withServer } from "../subjects/servers.ts";
import type { WritePool } from "../world/writers.ts";

const freshnessRate = { booking: 400, publish: 100 } as const;
const writesPerSecond = freshnessRate.booking + freshnessRate.publish;
const pollEveryMs = 1;
const patience = 5; // seconds
const leastProbes = 100; // for a 99th percentile
const leastShare = 0.95; // of the writes

function freshnessSeconds(quick: boolean): number {
  return quick ? 5 : 15;
}

/** Seconds for which writes are prepared. */
function preparedSeconds({ quick }: Options, { warmup }: Pace): number {
  return Math.ceil((freshnessSeconds(quick) + warmup) * 1.15);
}

/** `own` receives the publications, `other` learns of them. */
type Replicas = Record<"own" | "other", Running>;

/** `whole` counts from the request, not from its answer: more than the truth, as the others may be a little less. */
type Seen = Record<"own" | "other" | "whole", number>;

/** A place in the Sahara without other trips: a search with a radius of one kilometre finds this trip only. */
export function lonelyStops(number: number): Publisher["stops"] {
  const lat = 23 + (number % 150) * 0.02;
  const lng = 1.2 + (Math.floor(number / 150) % 60) * 0.05;
  const stop = (north: number, price: number) => ({ lat: Number((lat + north).toFixed(4)), lng: Number(lng.toFixed(4)), label: "Bench", price });
  return [stop(0, 0), stop(0.06, 10)];
}

/** When it was. */
function found(origin: string, path: string, trip: string): Promise<number> {
  const look = async (): Promise<number | false> => {
    const answer = await fetch(origin + path);
    const { items = [] } = (await answer.json()) as { items?: { trip_id: string }[] };
    return items.some((item) => item.trip_id === trip) && performance.now();
  };
  return eventually(`a trip is found at ${origin}`, look, { seconds: patience, every: pollEveryMs });
}

/** Nothing if the publication was refused, as an overloaded server may do. */
async function probe(pool: WritePool, number: number, { own, other }: Replicas): Promise<Seen | undefined> {
  const stops = lonelyStops(number);
  const request = pool.probe(stops);
  const [from, to] = stops.map(({ lat, lng }) => `${lat},${lng}`);
  const day = new Date(Date.parse(JSON.parse(request.body ?? "{}").departure_at) + 3_600_000).toISOString().slice(0, 10);
  const path = `/api/v1/trips/search?from=${from}&to=${to}&radius_km=1&date=${day}`;
  const asked = performance.now();
  const answer = await fetch(own.origin + request.path, { method: "POST", headers: request.headers ?? {}, body: request.body ?? null });
  if (answer.status >= 500) return void (await answer.arrayBuffer());
  if (answer.status !== 201) throw new Error(`a probe was wrong: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  const answered = performance.now();
  const { id } = (await answer.json()) as { id: string };
  const [here, there] = await Promise.all([found(own.origin, path, id), found(other.origin, path, id)]);
  return { own: here - answered, other: there - answered, whole: there - asked };
}

function startLoad(bench: Bench, pool: WritePool, round: number, { own, other }: Replicas): Promise<Loaded> {
  const seconds = freshnessSeconds(bench.options.quick);
  const all = preparedSeconds(bench.options, bench.pace);
  const { booking, publish } = freshnessRate;
  const mix = [
    { name: "booking", weight: booking, requests: pool.bookings(booking * all), order: "once" },
    { name: "publish", weight: publish, requests: pool.publications(publish * all), order: "once" },
  ] as const;
  return runLoad(bench, own, `freshness-${round}`, { load: { kind: "open", rate: writesPerSecond }, seconds, mix }, [other]);
}

/** One probe after the other while the load lasts; the load is over when this returns, however it does. `writes` are those
 * that succeeded, a second. */
async function probeUnderLoad(bench: Bench, pool: WritePool, round: number, firstProbe: number, replicas: Replicas) {
  let over = false;
  const load = startLoad(bench, pool, round, replicas).finally(() => (over = true));
  load.catch(() => undefined); // awaited below
  const seen: Seen[] = [];
  let asked = 0;
  try {
    await pause(bench.pace.warmup * 1000);
    while (!over) {
      const one = await probe(pool, firstProbe + asked, replicas);
      asked += 1;
      if (one !== undefined) seen.push(one);
    }
  } finally {
    await load.catch(() => undefined);
  }
  const { report } = await load;
  return { seen, asked, writes: report.throughput_rps }; // refused ones do not count in it
}

/** Freshness measured without its load means nothing. */
export function shortcomings(probes: number, writes: number): string[] {
  const troubles: string[] = [];
  if (writes < writesPerSecond * leastShare) troubles.push(`only ${Math.round(writes)} of ${writesPerSecond} writes/s got through`);
  if (probes < leastProbes) troubles.push(`only ${probes} probes, too few for a p99`);
  return troubles;
}

function outcomeOfProbes(trips: number, { seen, asked, writes }: Awaited<ReturnType<typeof probeUnderLoad>>): Outcome {
  const figure = figuresOf("safargo", trips);
  const counts = [figure("writes that succeeded", "/s", writes), figure("probes", "count", seen.length), figure("probes refused", "count", asked - seen.length)];
  const troubles = shortcomings(seen.length, writes);
  if (seen.length === 0) return outcomeOf({ figures: counts, troubles });
  const at = (share: number, name: keyof Seen): number => percentile(seen.map((one) => one[name]), share);
  const times = [
    figure("p99, other replica", "ms", at(0.99, "other")),
    figure("p50, other replica", "ms", at(0.5, "other")),
    figure("p99, same replica", "ms", at(0.99, "own")),
    figure("p99, request to found at the other", "ms", at(0.99, "whole")),
  ];
  return outcomeOf({ figures: [...counts, ...times], troubles });
}

export const freshnessMeasure: Experiment = {
  kind: "writes",
  name: "freshness",
  what: "from the 201 of POST /trips until GET /trips/search finds the trip, at two replicas",
  load: `${writesPerSecond} writes/s, open loop (${freshnessRate.booking} bookings, ${freshnessRate.publish} publications); one probe after the other`,
  subjects: "SafarGo, two replicas",
  writes: (options, pace) => {
    const seconds = preparedSeconds(options, pace) * options.rounds;
    return { bookings: freshnessRate.booking * seconds, publications: freshnessRate.publish * seconds };
  },
  run: async (bench) => {
    const { safargo, world } = bench;
    const pool = await bench.pool();
    let probes = 0;
    const outcome = await inRounds(bench, "freshness", async (round) => {
      const probed = await withServer(safargo, world.url, (own) =>
        withServer(safargo, world.url, (other) => probeUnderLoad(bench, pool, round, probes, { own, other })),
      );
      probes += probed.asked;
      return outcomeOfProbes(world.trips, probed);
    });
    outcome.notes.push(
      `each probe publishes a trip in a place without others and searches for it every ${pollEveryMs} ms at both replicas; the clock starts when the answer to the publication has arrived, just after the commit`,
    );
    return outcome;
  },
};
