// The highest constant rate of the mixed traffic that SafarGo still answers in time.
import { rateLimitP95 } from "../budgets.ts";
import { runLoad } from "../load/generator.ts";
import { errorCount } from "../load/report.ts";
import type { Bench, Experiment } from "../measure.ts";
import { figuresOf, outcomeOf } from "../model.ts";
import { withServer } from "../subjects/subject.ts";
import { trafficParts, trafficText } from "./traffic.ts";

const firstRate = 1_000;
const lowest = 50;
const fineness = 1.08;

/** Doubles until it fails, then halves the gap (by ratio) until the two rates are near. 0: not even the lowest holds. */
export async function highestRate(holds: (rate: number) => Promise<boolean>): Promise<number> {
  let good = 0;
  let bad = Infinity;
  let rate = firstRate;
  while (bad > lowest) {
    if (await holds(rate)) good = rate;
    else bad = rate;
    if (good > 0 && bad / good <= fineness) break;
    if (bad === Infinity) rate = good * 2;
    else rate = good === 0 ? Math.max(lowest, Math.round(bad / 2)) : Math.round(Math.sqrt(good * bad));
  }
  return good;
}

/** Latencies in ms, if the rate holds. */
async function tryRate(bench: Bench, rate: number): Promise<{ p95: number; p99: number } | undefined> {
  const mix = await trafficParts(bench, rate, bench.pace.warmup + bench.pace.measured);
  const { report } = await withServer(bench.safargo, bench.world.url, (running) => runLoad(bench, running, `rate-${rate}`, { load: { kind: "open", rate }, mix }));
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
  run: async (bench) => {
    let last = { p95: 0, p99: 0 };
    const rate = await highestRate(async (wanted) => {
      const latency = await tryRate(bench, wanted);
      last = latency ?? last;
      return latency !== undefined;
    });
    if (rate === 0) return outcomeOf({ troubles: [`not even ${lowest} req/s hold`] });
    const figure = figuresOf("safargo", bench.world.trips);
    return outcomeOf({
      figures: [figure("highest rate", "req/s", rate), figure("p95 there", "ms", last.p95), figure("p99 there", "ms", last.p99)],
      notes: [`each rate ran for ${bench.pace.measured} s on a fresh process; the two last rates are within ${Math.round((fineness - 1) * 100)} %`],
    });
  },
};
