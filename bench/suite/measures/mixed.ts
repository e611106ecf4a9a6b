// A constant 1,000 requests a second for minutes: what a busy evening looks like.
import { runLoad } from "../load/generator.ts";
import { loadOutcome } from "../load/report.ts";
import type { Experiment } from "../measure.ts";
import { figuresOf } from "../model.ts";
import { withServer } from "../subjects/subject.ts";
import { trafficParts, trafficText } from "./traffic.ts";

export const mixedRate = 1_000;

export function mixedSeconds(quick: boolean): number {
  return quick ? 10 : 300;
}

export const mixedMeasure: Experiment = {
  kind: "writes",
  name: "mixed",
  what: `mixed traffic in percent: ${trafficText}`,
  load: `${mixedRate.toLocaleString("en-US")} req/s, open loop, 5 minutes (10 s with --quick)`,
  subjects: "SafarGo",
  run: async (bench) => {
    const { trips, url } = bench.world;
    const seconds = mixedSeconds(bench.options.quick);
    const mix = await trafficParts(bench, mixedRate, seconds + bench.pace.warmup);
    bench.say(`mixed  ${mixedRate} req/s for ${seconds} s`);
    const loaded = await withServer(bench.safargo, url, (running) => runLoad(bench, running, "mixed", { load: { kind: "open", rate: mixedRate }, seconds, mix }));
    const outcome = loadOutcome("safargo", trips, loaded);
    for (const [name, { answered, latency_us: latency }] of Object.entries(loaded.report.mix)) {
      if (answered > 0) outcome.figures.push(figuresOf("safargo", trips)(`p99 of ${name}`, "ms", latency.p99 / 1000));
    }
    return outcome;
  },
};
