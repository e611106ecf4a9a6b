// Programs of Google Benchmark, one after the other on an idle machine: the engine and the gazetteer without a server, a photo's
// whole process, and a rate-limit decision by a real Redis cluster (scripts/systems/redis.sh).
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseEnv } from "node:util";
import type { Bench, Experiment } from "../measure.ts";
import { type Figure, figuresOf, outcomeOf } from "../model.ts";
import { plainEnvironment, runLogged } from "../subjects/program.ts";

interface Line {
  name: string;
  run_type: string;
  real_time: number;
  time_unit: string;
  resident_mb?: number;
  error_occurred?: boolean;
  error_message?: string;
}

/** The repetitions, without what is computed of them. */
function repetitions(text: string): Line[] {
  const { benchmarks } = JSON.parse(text) as { benchmarks: Line[] };
  const failed = benchmarks.find(({ error_occurred: error }) => error);
  if (failed) throw new Error(`${failed.name}: ${failed.error_message}`);
  return benchmarks.filter(({ run_type: kind }) => kind === "iteration");
}

const microseconds: Record<string, number> = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6 };

/** One figure a benchmark, one sample a repetition. */
export function parseBenchmarks(text: string, trips: number): Figure[] {
  const groups = Map.groupBy(repetitions(text), ({ name }) => name.replace(/\/repeats:\d+$/, ""));
  return [...groups].map(([metric, lines]) => {
    const samples = lines.map(({ name, real_time: time, time_unit: unit }) => {
      const scale = microseconds[unit];
      if (scale === undefined) throw new Error(`${name} counts in ${unit}`);
      return time * scale;
    });
    return figuresOf("safargo", trips)(metric, "us", ...samples);
  });
}

/** Processor time in ms and resident memory in MB. */
export function parsePictures(text: string, trips: number): Figure[] {
  const runs = repetitions(text);
  if (runs.some(({ time_unit: unit }) => unit !== "ms")) throw new Error("pictures are counted in milliseconds");
  const figure = figuresOf("safargo", trips);
  return [
    figure("cpu", "ms", ...runs.map(({ real_time: time }) => time)),
    figure("resident", "MB", ...runs.map(({ resident_mb: megabytes }) => megabytes ?? Number.NaN)),
  ];
}

/** bench/run has built them and says where they are. */
function benchPrograms(wanted: (name: string) => boolean): string[] {
  return (process.env["SAFARGO_BENCH_PROGRAMS"] ?? "").split("\n").filter((path) => path !== "" && wanted(basename(path)));
}

/** What a program prints, as JSON. */
async function run({ generator, logs, options, root, say }: Bench, program: string, variables: Record<string, string> = {}): Promise<string> {
  const name = basename(program);
  say(name);
  const output = join(generator.folder, `${name}.json`);
  const args = [`--benchmark_out=${output}`, "--benchmark_out_format=json", `--benchmark_repetitions=${options.rounds}`];
  await runLogged({ program, args, env: { ...plainEnvironment(), ...variables }, folder: root }, join(logs, `${name}.log`));
  return readFileSync(output, "utf8");
}

const picturesProgram = "pictures_bench";

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
    for (const program of programs) outcome.figures.push(...parseBenchmarks(await run(bench, program), bench.world.trips));
    return outcome;
  },
};

export const picturesMeasure: Experiment = {
  kind: "reads",
  name: "pictures",
  what: "a photo of 12 megapixels (JPEG) becomes three WebP pictures: the whole process, from its start to its end",
  load: "one process after the other",
  subjects: "SafarGo",
  slow: true,
  run: async (bench) => {
    const [program] = benchPrograms((name) => name === picturesProgram);
    if (!program) return outcomeOf({ troubles: [`there is no ${picturesProgram}: the bench preset was not built`] });
    return outcomeOf({ figures: parsePictures(await run(bench, program), bench.world.trips) });
  },
};

const cannot = 77; // the script's status where this machine cannot have a cluster

export const redisLimitMeasure: Experiment = {
  kind: "reads",
  name: "redis.limit",
  what: "a rate-limit decision by a Redis cluster of three masters with TLS: how long the request waits for it",
  load: "10,000 decisions/s, open loop, one thread; 5,000 clients in turn (Google Benchmark, real time)",
  subjects: "SafarGo",
  slow: true,
  run: async (bench) => {
    const program = process.env["SAFARGO_BENCH_REDIS"];
    if (program === undefined) return outcomeOf({ troubles: ["there is no redis_limit_bench: the bench preset was not built"] });
    const home = join(bench.root, ".safargo/bench/redis");
    const script = (verb: string): string => execFileSync(join(bench.root, "scripts/systems/redis.sh"), [verb, home], { encoding: "utf8" });
    try {
      script("start");
    } catch (error) {
      const { status, stderr } = error as { status?: number; stderr?: string };
      const why = `no Redis cluster on this machine: ${String(stderr).trim()}`;
      return outcomeOf(status === cannot ? { notes: [why] } : { troubles: [why] });
    }
    try {
      const variables = parseEnv(script("env")) as Record<string, string>;
      return outcomeOf({ figures: parseBenchmarks(await run(bench, program, variables), bench.world.trips) });
    } finally {
      script("stop");
    }
  },
};
