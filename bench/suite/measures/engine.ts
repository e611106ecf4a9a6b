// The micro-benchmarks of the bench preset (Google Benchmark), one after the other on an idle machine.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Experiment } from "../measure.ts";
import { emptyOutcome, type Figure } from "../model.ts";
import { runLogged } from "../subjects/program.ts";
import { plainEnvironment } from "../subjects/subject.ts";

interface Line {
  name: string;
  run_type: string;
  real_time: number;
  time_unit: string;
  error_occurred?: boolean;
  error_message?: string;
}

const microseconds: Record<string, number> = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6 };

/** One figure a benchmark, one sample a repetition. */
export function parseBenchmarks(text: string, trips: number): Figure[] {
  const { benchmarks } = JSON.parse(text) as { benchmarks: Line[] };
  const figures = new Map<string, Figure>();
  for (const { name, run_type, real_time, time_unit, error_occurred, error_message } of benchmarks) {
    if (error_occurred) throw new Error(`${name}: ${error_message}`);
    if (run_type !== "iteration") continue;
    const metric = name.replace(/\/repeats:\d+$/, "");
    const unit = microseconds[time_unit];
    if (unit === undefined) throw new Error(`${name} counts in ${time_unit}`);
    const figure = figures.get(metric) ?? { subject: "safargo", metric, unit: "us", samples: [], trips };
    figure.samples.push(real_time * unit);
    figures.set(metric, figure);
  }
  return [...figures.values()];
}

/** bench/run has built them and says where they are. */
function programs(): string[] {
  return (process.env["SAFARGO_BENCH_PROGRAMS"] ?? "").split("\n").filter((path) => path !== "");
}

export const engineMeasure: Experiment = {
  kind: "experiment",
  name: "engine",
  what: "the search engine and the gazetteer without a server around them (Google Benchmark, real time)",
  load: "one thread; the worlds of these programs are their own",
  subjects: "SafarGo",
  writes: false,
  slow: true,
  run: async (bench) => {
    const outcome = emptyOutcome();
    if (programs().length === 0) outcome.troubles.push("there are no micro-benchmarks: the bench preset was not built");
    for (const program of programs()) {
      bench.say(`engine  ${basename(program)}`);
      const output = join(bench.generator.folder, `${basename(program)}.json`);
      const args = [`--benchmark_out=${output}`, "--benchmark_out_format=json", `--benchmark_repetitions=${bench.options.rounds}`];
      await runLogged({ program, args, env: plainEnvironment(), folder: bench.root }, join(bench.logs, `${basename(program)}.log`));
      outcome.figures.push(...parseBenchmarks(readFileSync(output, "utf8"), bench.world.trips));
    }
    return outcome;
  },
};
