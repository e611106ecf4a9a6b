// How long a process takes until it is ready, what it holds after loading and after ten seconds of searches, and what those
// searches cost: how each of them grows with the world.
import { disturbances } from "../disturbances.ts";
import { runLoad } from "../load/generator.ts";
import { figuresOf, type Loaded, outcomeOf } from "../load/report.ts";
import type { Bench, Growth } from "../measure.ts";
import { emptyOutcome, type Figure, merge, type Outcome } from "../model.ts";
import { showTrips } from "../options.ts";
import { peakMegabytes, residentMegabytes } from "../machine/processes.ts";
import { searches } from "../requests/searches.ts";
import type { Request } from "../requests/request.ts";
import type { Running } from "../subjects/subject.ts";

const connections = 64;

/** Of all that a load tells, what says how the cost of a search grows. */
const grows = ["throughput", "p50", "p99", "cpu a request"];

export function searchGrowth(trips: number, loaded: Loaded): Outcome {
  const { troubles, notes } = outcomeOf("safargo", trips, loaded);
  const all = figuresOf("safargo", trips, loaded);
  const figures = all.filter(({ metric }) => grows.includes(metric)).map((figure) => ({ ...figure, metric: `search, ${figure.metric}` }));
  // told here, since the figures they come from are not kept
  const said = [...notes, ...disturbances(all)].map((note) => `${showTrips(trips)} trips: ${note}`);
  return { ...emptyOutcome(), figures, notes: said, troubles };
}

async function search(bench: Bench, running: Running, round: number, requests: readonly Request[]): Promise<Loaded> {
  const { generator, options, pace, world } = bench;
  const whole = options.quick ? 3 : 10; // what the budget of memory counts: the warm-up is part of it
  return runLoad(generator, `memory-${world.trips}-${round}`, running, world.cluster.pid, {
    load: { kind: "closed", connections },
    warmupSeconds: pace.warmup,
    seconds: whole - pace.warmup,
    seed: options.seed,
    mix: [{ name: "search", weight: 1, requests, order: "random" }],
  });
}

async function grownTo(bench: Bench, running: Running, round: number, requests: readonly Request[]): Promise<Outcome> {
  const { trips } = bench.world;
  const figure = (metric: string, unit: Figure["unit"], value: number): Figure => ({ subject: "safargo", trips, metric, unit, samples: [value] });
  const loaded = residentMegabytes(running.pid);
  const found = searchGrowth(trips, await search(bench, running, round, requests));
  const figures = [
    figure("start", "s", running.secondsToReady),
    figure("resident, loaded", "MB", loaded),
    figure("resident, after searches", "MB", residentMegabytes(running.pid)),
    figure("peak", "MB", peakMegabytes(running.pid)),
    ...found.figures,
  ];
  bench.say(`memory  ${trips} trips  round ${round}  ready in ${running.secondsToReady.toFixed(2)} s, ${loaded.toFixed(0)} MB`);
  return { ...found, figures };
}

export const memoryMeasure: Growth = {
  kind: "growth",
  name: "memory",
  what: "seconds from start to ready, resident memory (VmRSS) and what a search costs, by size of the world",
  load: `10 s of searches on ${connections} connections (3 s with --quick)`,
  subjects: "SafarGo",
  run: async (bench) => {
    const outcome = emptyOutcome();
    const { geography, options, today, world } = bench;
    const requests = searches(geography, { kind: "gravity", count: 5_000, seed: options.seed, today });
    for (let round = 1; round <= options.rounds; round += 1) {
      const running = await bench.safargo.start(world.url);
      try {
        merge(outcome, await grownTo(bench, running, round, requests));
      } finally {
        await running.stop();
      }
    }
    return outcome;
  },
};
