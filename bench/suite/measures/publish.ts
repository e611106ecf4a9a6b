// Drivers publish: the road is planned, the price checked, the trip written, the search told.
import { runLoad } from "../load/generator.ts";
import { outcomeOf } from "../load/report.ts";
import type { Experiment } from "../measure.ts";
import { emptyOutcome, merge } from "../model.ts";

const connections = 16;
export const mostPublicationsPerSecond = 4_000;

export const publishMeasure: Experiment = {
  kind: "experiment",
  name: "publish",
  what: "POST /trips with publish, by prepared drivers",
  load: `${connections} connections, closed loop`,
  subjects: "SafarGo",
  writes: true,
  run: async (bench) => {
    const outcome = emptyOutcome();
    const pool = await bench.pool();
    const { warmup, measured } = bench.pace;
    for (let round = 1; round <= bench.options.rounds; round += 1) {
      const requests = pool.publications(Math.ceil(mostPublicationsPerSecond * (warmup + measured)));
      const running = await bench.safargo.start(bench.world.url);
      try {
        bench.say(`publish  round ${round}`);
        const loaded = await runLoad(bench.generator, `publish-${round}`, running, bench.world.cluster.pid, {
          load: { kind: "closed", connections },
          warmupSeconds: warmup,
          seconds: measured,
          seed: bench.options.seed,
          mix: [{ name: "publish", weight: 1, requests, order: "once" }],
        });
        merge(outcome, outcomeOf("safargo", bench.world.trips, loaded));
      } finally {
        await running.stop();
      }
    }
    return outcome;
  },
};
