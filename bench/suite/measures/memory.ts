// How long a process takes until it is ready, what it holds after loading and after ten seconds of searches, and what those
// searches cost: how each of them grows with the world.
import { type Loaded, loadOutcome, only, runLoad } from "../load/generator.ts";
import { peakMegabytes, residentMegabytes } from "../machine/processes.ts";
import { type Bench, type Experiment, inRounds } from "../measure.ts";
import { figuresOf, type Outcome } from "../model.ts";
import { showTrips } from "../options.ts";
import { searches } from "../requests/searches.ts";
import { type Running, withServer } from "../subjects/servers.ts";
import { disturbances } from "../verdicts.ts";

const connections = 64;

/** The figures of a load that show how the cost of a search grows. */
const grows = ["throughput", "p50", "p99", "cpu a request"];

export function searchGrowth(trips: number, loaded: Loaded): Outcome {
  const outcome = loadOutcome("safargo", trips, loaded);
  const figures = outcome.figures.filter(({ metric }) => grows.includes(metric)).map((figure) => ({ ...figure, metric: `search, ${figure.metric}` }));
  // noted here, since the figures they come from are not kept
  const notes = [...outcome.notes, ...disturbances(outcome.figures)].map((note) => `${showTrips(trips)} trips: ${note}`);
  return { ...outcome, figures, notes, distributions: [] };
}

async function grownTo(bench: Bench, running: Running, round: number): Promise<Outcome> {
  const { options, pace, world } = bench;
  const loaded = residentMegabytes(running.pid);
  const whole = options.quick ? 3 : 10; // what the budget of memory counts: the warm-up is part of it
  bench.say(`memory  ${world.trips} trips  ready in ${running.secondsToReady.toFixed(2)} s, ${loaded.toFixed(0)} MB`);
  const searched = await runLoad(bench, running, `memory-${world.trips}-${round}`, {
    load: { kind: "closed", connections },
    seconds: whole - pace.warmup,
    mix: only("search", searches(bench), "random"),
  });
  const found = searchGrowth(world.trips, searched);
  const figure = figuresOf("safargo", world.trips);
  const figures = [
    figure("start", "s", running.secondsToReady),
    figure("resident, loaded", "MB", loaded),
    figure("resident, after searches", "MB", residentMegabytes(running.pid)),
    figure("peak", "MB", peakMegabytes(running.pid)),
  ];
  return { ...found, figures: [...figures, ...found.figures] };
}

export const memoryMeasure: Experiment = {
  kind: "grows",
  name: "memory",
  what: "seconds from start to ready, resident memory (VmRSS) and what a search costs, by size of the world",
  load: `10 s of searches on ${connections} connections (3 s with --quick)`,
  subjects: "SafarGo",
  run: (bench) =>
    inRounds(bench, "memory", (round) => withServer(bench.safargo, bench.world.url, (running) => grownTo(bench, running, round))),
};
