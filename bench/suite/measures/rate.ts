// The highest constant rate of the mixed traffic that SafarGo still answers in time.
import { rateLimitP95 } from "../budgets.ts";
import { runLoad } from "../load/generator.ts";
import { errorCount } from "../load/report.ts";
import type { Experiment } from "../measure.ts";
import { emptyOutcome, type Outcome } from "../model.ts";
import { trafficParts, trafficText } from "./traffic.ts";

const firstRate = 1_000;
const lowest = 50;
const fineness = 1.08;

/** Doubles until it fails, then halves the gap (by ratio) until the two rates are near. 0: not even the lowest holds. */
export async function highestRate(holds: (rate: number) => Promise<boolean>, first = firstRate, fine = fineness): Promise<number> {
  let good = 0;
  let bad = Infinity;
  let rate = first;
  while (bad > lowest) {
    if (await holds(rate)) good = rate;
    else bad = rate;
    if (good > 0 && bad / good <= fine) break;
    if (bad === Infinity) rate = good * 2;
    else rate = good === 0 ? Math.max(lowest, Math.round(bad / 2)) : Math.round(Math.sqrt(good * bad));
  }
  return good;
}

export const rateMeasure: Experiment = {
  kind: "experiment",
  name: "rate",
  what: `the highest rate of mixed traffic (${trafficText}) with p95 < ${rateLimitP95} ms and no error`,
  load: "open loop, by halving the gap between a rate that holds and one that does not",
  subjects: "SafarGo",
  writes: true,
  run: async (bench) => {
    const outcome: Outcome = emptyOutcome();
    const { warmup, measured } = bench.pace;
    const trips = bench.world.trips;
    let seen = { p95: 0, p99: 0 };
    const holds = async (rate: number): Promise<boolean> => {
      const mix = await trafficParts(bench, rate, warmup + measured);
      const running = await bench.safargo.start(bench.world.url);
      try {
        const { report } = await runLoad(bench.generator, `rate-${rate}`, running, bench.world.cluster.pid, {
          load: { kind: "open", rate },
          warmupSeconds: warmup,
          seconds: measured,
          seed: bench.options.seed,
          mix,
        });
        const latency = { p95: report.latency_us.p95 / 1000, p99: report.latency_us.p99 / 1000 };
        // A generator that falls behind must not pass for a server that keeps up.
        const kept = report.throughput_rps > rate * 0.98;
        const good = latency.p95 < rateLimitP95 && errorCount(report) === 0 && kept;
        bench.say(`rate  ${rate} req/s  p95 ${latency.p95.toFixed(1)} ms  ${good ? "holds" : "does not hold"}`);
        if (good) seen = latency;
        return good;
      } finally {
        await running.stop();
      }
    };
    const rate = await highestRate(holds);
    if (rate === 0) return { ...outcome, troubles: [`not even ${lowest} req/s hold`] };
    const figure = { subject: "safargo", trips };
    outcome.figures.push({ ...figure, metric: "highest rate", unit: "req/s", samples: [rate] });
    outcome.figures.push({ ...figure, metric: "p95 there", unit: "ms", samples: [seen.p95] });
    outcome.figures.push({ ...figure, metric: "p99 there", unit: "ms", samples: [seen.p99] });
    outcome.notes.push(`each rate ran for ${measured} s on a fresh process; the two last rates are within ${Math.round((fineness - 1) * 100)} %`);
    return outcome;
  },
};
