// The micro-benchmarks of the bench preset (Google Benchmark), one after the other on an idle machine.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Bench, Experiment } from "../measure.ts";
import { type Figure, figuresOf, outcomeOf } from "../model.ts";
import { runLogged } from "../subjects/program.ts";
import { plainEnvironment } from "../subjects/subject.ts";

export interface Line {
  name: string;
  run_type: string;
  real_time: number;
  time_unit: string;
  resident_mb?: number;
  error_occurred?: boolean;
  error_message?: string;
}

/** Measured by measures/pictures.ts. */
export const picturesProgram = "pictures_bench";

const microseconds: Record<string, number> = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6 };

/** One figure a benchmark, one sample a repetition. */
export function parseBenchmarks(text: string, trips: number): Figure[] {
  const { benchmarks } = JSON.parse(text) as { benchmarks: Line[] };
  for (const { name, error_occurred: failed, error_message: why, time_unit: unit } of benchmarks) {
    if (failed) throw new Error(`${name}: ${why}`);
    if (microseconds[unit] === undefined) throw new Error(`${name} counts in ${unit}`);
  }
  const measured = benchmarks.filter(({ run_type: kind }) => kind === "iteration");
  const groups = Map.groupBy(measured, ({ name }) => name.replace(/\/repeats:\d+$/, ""));
  return [...groups].map(([metric, lines]) => {
    const samples = lines.map(({ real_time: time, time_unit: unit }) => time * (microseconds[unit] as number));
    return figuresOf("safargo", trips)(metric, "us", ...samples);
  });
}

/** bench/run has built them and says where they are. */
export function benchPrograms(wanted: (name: string) => boolean): string[] {
  return (process.env["SAFARGO_BENCH_PROGRAMS"] ?? "").split("\n").filter((path) => path !== "" && wanted(basename(path)));
}

/** What a program of Google Benchmark prints, as JSON. */
export async function runBenchmarks(program: string, { generator, logs, options, root }: Bench): Promise<string> {
  const name = basename(program);
  const output = join(generator.folder, `${name}.json`);
  const args = [`--benchmark_out=${output}`, "--benchmark_out_format=json", `--benchmark_repetitions=${options.rounds}`];
  await runLogged({ program, args, env: plainEnvironment(), folder: root }, join(logs, `${name}.log`));
  return readFileSync(output, "utf8");
}

export const engineMeasure: Experiment = {
  kind: "reads",
  name: "engine",
  what: "the search engine and the gazetteer without a server around them (Google Benchmark, real time)",
  load: "one thread; the worlds of these programs are their own",
  subjects: "SafarGo",
  slow: true,
  run: async (bench) => {
    const outcome = outcomeOf();
    const programs = benchPrograms((name) => name !== picturesProgram);
    if (programs.length === 0) outcome.troubles.push("there are no micro-benchmarks: the bench preset was not built");
    for (const program of programs) {
      bench.say(`engine  ${basename(program)}`);
      outcome.figures.push(...parseBenchmarks(await runBenchmarks(program, bench), bench.world.trips));
    }
    return outcome;
  },
};
