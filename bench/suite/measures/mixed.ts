// A constant 1,000 requests a second for minutes: what a busy evening looks like.
import { runLoad } from "../load/generator.ts";
import { outcomeOf } from "../load/report.ts";
import type { Experiment } from "../measure.ts";
import { trafficParts, trafficText } from "./traffic.ts";

export const mixedRate = 1_000;

export function mixedSeconds(quick: boolean): number {
  return quick ? 10 : 300;
}

export const mixedMeasure: Experiment = {
  kind: "experiment",
  name: "mixed",
  what: `mixed traffic in percent: ${trafficText}`,
  load: `${mixedRate.toLocaleString("en-US")} req/s, open loop, 5 minutes (10 s with --quick)`,
  subjects: "SafarGo",
  writes: true,
  run: async (bench) => {
    const seconds = mixedSeconds(bench.options.quick);
    const { warmup } = bench.pace;
    const mix = await trafficParts(bench, mixedRate, seconds + warmup);
    const running = await bench.safargo.start(bench.world.url);
    try {
      bench.say(`mixed  ${mixedRate} req/s for ${seconds} s`);
      const loaded = await runLoad(bench.generator, "mixed", running, bench.world.cluster.pid, {
        load: { kind: "open", rate: mixedRate },
        warmupSeconds: warmup,
        seconds,
        seed: bench.options.seed,
        mix,
      });
      const outcome = outcomeOf("safargo", bench.world.trips, loaded);
      for (const [name, part] of Object.entries(loaded.report.mix)) {
        const p99 = { metric: `p99 of ${name}`, unit: "ms" as const, samples: [part.latency_us.p99 / 1000] };
        if (part.answered > 0) outcome.figures.push({ subject: "safargo", trips: bench.world.trips, ...p99 });
      }
      return outcome;
    } finally {
      await running.stop();
    }
  },
};
