// How long a process takes until it is ready, and what it holds: after loading, and after ten seconds of searches.
import { runLoad } from "../load/generator.ts";
import type { Growth } from "../measure.ts";
import { emptyOutcome, type Figure, merge } from "../model.ts";
import { peakMegabytes, residentMegabytes } from "../machine/processes.ts";
import { searches } from "../requests/searches.ts";

const connections = 64;

export const memoryMeasure: Growth = {
  kind: "growth",
  name: "memory",
  what: "seconds from start to ready, and resident memory (VmRSS), by size of the world",
  load: `10 s of searches on ${connections} connections (3 s with --quick)`,
  subjects: "SafarGo",
  run: async (bench) => {
    const outcome = emptyOutcome();
    const { geography, options, today, world } = bench;
    const requests = searches(geography, { kind: "gravity", count: 5_000, seed: options.seed, today });
    for (let round = 1; round <= options.rounds; round += 1) {
      const running = await bench.safargo.start(world.url);
      try {
        const loaded = residentMegabytes(running.pid);
        await runLoad(bench.generator, `memory-${world.trips}-${round}`, running, world.cluster.pid, {
          load: { kind: "closed", connections },
          warmupSeconds: 0,
          seconds: options.quick ? 3 : 10,
          seed: options.seed,
          mix: [{ name: "search", weight: 1, requests, order: "random" }],
        });
        const figure = (metric: string, unit: Figure["unit"], value: number): Figure => ({
          subject: "safargo",
          trips: world.trips,
          metric,
          unit,
          samples: [value],
        });
        const figures = [
          figure("start", "s", running.secondsToReady),
          figure("resident, loaded", "MB", loaded),
          figure("resident, after searches", "MB", residentMegabytes(running.pid)),
          figure("peak", "MB", peakMegabytes(running.pid)),
        ];
        merge(outcome, { ...emptyOutcome(), figures });
        bench.say(`memory  ${world.trips} trips  round ${round}  ready in ${running.secondsToReady.toFixed(2)} s, ${loaded.toFixed(0)} MB`);
      } finally {
        await running.stop();
      }
    }
    return outcome;
  },
};
