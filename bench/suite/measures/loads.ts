// SafarGo under one kind of load: the first searches of a process, searches at a constant rate, publications, the mixed traffic
// of a busy evening, and the highest rate of it that is still answered in time.
import { rateLimitP95 } from "../budgets.ts";
import { errorCount, loadOn, loadOutcome, only, type Part } from "../load/generator.ts";
import { type Bench, type Experiment, inRounds } from "../measure.ts";
import { figuresOf, merge, outcomeOf } from "../model.ts";
import { placeLists, suggestions, tripsById } from "../requests/request.ts";
import { searches } from "../requests/searches.ts";
import type { Wanted } from "../world/writers.ts";

/** The mixed traffic: what people do, and in which proportions. */
export const shares = { search: 70, trip: 15, places: 5, suggest: 5, booking: 3, publish: 2 } as const;

/** A few more are prepared than will be due. */
export function trafficWrites(rate: number, seconds: number, times = 1): Wanted {
  const writes = (share: number): number => (Math.ceil(rate * seconds * (share / 100) * 1.15) + 200) * times;
  return { bookings: writes(shares.booking), publications: writes(shares.publish) };
}

export async function trafficParts(bench: Bench, rate: number, seconds: number): Promise<Part[]> {
  const { geography, options: { seed }, world } = bench;
  const writers = await bench.pool();
  const { bookings, publications } = trafficWrites(rate, seconds);
  const part = (name: keyof typeof shares, order: Part["order"], requests: Part["requests"]): Part => ({ name, weight: shares[name], order, requests });
  return [
    part("search", "random", searches(bench, { dated: 0.8 })),
    part("trip", "random", tripsById(await world.someTrips(5_000, seed), seed)),
    part("places", "random", placeLists(200, seed)),
    part("suggest", "random", suggestions(geography, 500, seed)),
    part("booking", "once", writers.bookings(bookings)),
    part("publish", "once", writers.publications(publications)),
  ];
}

export const trafficText = Object.entries(shares)
  .map((pair) => pair.join(" "))
  .join(", ");

const firstSearches = 200;

export const coldMeasure: Experiment = {
  kind: "reads",
  name: "search.cold",
  what: `the first ${firstSearches} searches after the start of the process; PostgreSQL stays warm`,
  load: "1 connection, closed loop, no warm-up",
  subjects: "SafarGo, peers",
  slow: true,
  run: (bench) =>
    inRounds(bench, "search.cold", async (round) => {
      const outcome = outcomeOf();
      const requests = searches(bench, { count: firstSearches, seed: bench.options.seed + round });
      const plan = { load: { kind: "closed", connections: 1 }, warmupSeconds: 0, seconds: 20, mix: only("search", requests, "once") } as const;
      for (const subject of [bench.safargo, ...bench.peers.filter((peer) => peer.takesPartIn("search"))]) {
        const loaded = await loadOn(bench, subject, `search-cold-${subject.name}-${round}`, plan);
        const { figures, ...found } = loadOutcome(subject.name, bench.world.trips, loaded);
        // The requests are meant to run out, and so few of them say nothing of a rate.
        merge(outcome, { ...found, notes: [], figures: figures.filter(({ metric }) => /^(p\d|errors)/.test(metric)) });
      }
      return outcome;
    }),
};

const constantRate = 8_000;

export const constantMeasure: Experiment = {
  kind: "reads",
  name: "search.constant",
  what: "GET /trips/search: pairs of wilayas by how much they travel, a day, 20 km around both ends",
  load: `${constantRate.toLocaleString("en-US")} req/s, open loop`,
  subjects: "SafarGo",
  slow: true,
  run: (bench) =>
    inRounds(bench, "search.constant", async (round) => {
      const plan = { load: { kind: "open", rate: constantRate }, mix: only("search", searches(bench), "cycle") } as const;
      return loadOutcome("safargo", bench.world.trips, await loadOn(bench, bench.safargo, `constant-${round}`, plan));
    }),
};

const publishers = 16; // connections
const mostPublicationsPerSecond = 4_000;

/** Drivers publish: the route is planned, the price checked, the trip written, search notified. */
export const publishMeasure: Experiment = {
  kind: "writes",
  name: "publish",
  what: "POST /trips with publish, by prepared drivers",
  load: `${publishers} connections, closed loop`,
  subjects: "SafarGo",
  writes: ({ rounds }, { warmup, measured }) => ({ bookings: 0, publications: mostPublicationsPerSecond * (warmup + measured) * rounds }),
  run: (bench) =>
    inRounds(bench, "publish", async (round) => {
      const { pace, safargo, world } = bench;
      const pool = await bench.pool();
      const requests = pool.publications(Math.ceil(mostPublicationsPerSecond * (pace.warmup + pace.measured)));
      const plan = { load: { kind: "closed", connections: publishers }, mix: only("publish", requests, "once") } as const;
      return loadOutcome("safargo", world.trips, await loadOn(bench, safargo, `publish-${round}`, plan));
    }),
};

const mixedRate = 1_000;

function mixedSeconds(quick: boolean): number {
  return quick ? 10 : 300;
}

export const mixedMeasure: Experiment = {
  kind: "writes",
  name: "mixed",
  what: `mixed traffic in percent: ${trafficText}`,
  load: `${mixedRate.toLocaleString("en-US")} req/s, open loop, 5 minutes (10 s with --quick)`,
  subjects: "SafarGo",
  writes: ({ quick }, { warmup }) => trafficWrites(mixedRate, mixedSeconds(quick) + warmup),
  run: async (bench) => {
    const seconds = mixedSeconds(bench.options.quick);
    const mix = await trafficParts(bench, mixedRate, seconds + bench.pace.warmup);
    bench.say(`mixed  ${mixedRate} req/s for ${seconds} s`);
    const loaded = await loadOn(bench, bench.safargo, "mixed", { load: { kind: "open", rate: mixedRate }, seconds, mix });
    const outcome = loadOutcome("safargo", bench.world.trips, loaded);
    const figure = figuresOf("safargo", bench.world.trips);
    for (const [name, { answered, latency_us: latency }] of Object.entries(loaded.report.mix)) {
      if (answered > 0) outcome.figures.push(figure(`p99 of ${name}`, "ms", latency.p99 / 1000));
    }
    return outcome;
  },
};

const firstRate = 1_000;
const lowestRate = 50;
const fineness = 1.08;
const mostSteps = 12;
const meanRate = 12_000; // at most

/** Doubles until it fails, then halves the gap (by ratio) until the two rates are near. 0: not even the lowest holds. */
export async function highestRate(holds: (rate: number) => Promise<boolean>): Promise<number> {
  let good = 0;
  let bad = Infinity;
  let rate = firstRate;
  while (bad > lowestRate) {
    if (await holds(rate)) good = rate;
    else bad = rate;
    if (good > 0 && bad / good <= fineness) break;
    if (bad === Infinity) rate = good * 2;
    else rate = good === 0 ? Math.max(lowestRate, Math.round(bad / 2)) : Math.round(Math.sqrt(good * bad));
  }
  return good;
}

/** Latencies in ms, if the rate holds. */
async function tryRate(bench: Bench, rate: number): Promise<{ p95: number; p99: number } | undefined> {
  const mix = await trafficParts(bench, rate, bench.pace.warmup + bench.pace.measured);
  const { report } = await loadOn(bench, bench.safargo, `rate-${rate}`, { load: { kind: "open", rate }, mix });
  const latency = { p95: report.latency_us.p95 / 1000, p99: report.latency_us.p99 / 1000 };
  // A generator that falls behind must not pass for a server that keeps up.
  const kept = report.throughput_rps > rate * 0.98;
  const holds = latency.p95 < rateLimitP95 && errorCount(report) === 0 && kept;
  bench.say(`rate  ${rate} req/s  p95 ${latency.p95.toFixed(1)} ms  ${holds ? "holds" : "does not hold"}`);
  return holds ? latency : undefined;
}

export const rateMeasure: Experiment = {
  kind: "writes",
  name: "rate",
  what: `the highest rate of mixed traffic (${trafficText}) with p95 < ${rateLimitP95} ms and no error`,
  load: "open loop, by halving the gap between a rate that holds and one that does not",
  subjects: "SafarGo",
  writes: (_, { warmup, measured }) => trafficWrites(meanRate, warmup + measured, mostSteps),
  run: async (bench) => {
    let last = { p95: 0, p99: 0 };
    const rate = await highestRate(async (wanted) => {
      const latency = await tryRate(bench, wanted);
      last = latency ?? last;
      return latency !== undefined;
    });
    if (rate === 0) return outcomeOf({ troubles: [`not even ${lowestRate} req/s hold`] });
    const figure = figuresOf("safargo", bench.world.trips);
    return outcomeOf({
      figures: [figure("highest rate", "req/s", rate), figure("p95 there", "ms", last.p95), figure("p99 there", "ms", last.p99)],
      notes: [`each rate ran for ${bench.pace.measured} s on a fresh process; the two last rates are within ${Math.round((fineness - 1) * 100)} %`],
    });
  },
};
