// What a rate-limit decision by a real Redis cluster (scripts/systems/redis.sh) adds to a request.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "../measure.ts";
import { outcomeOf } from "../model.ts";
import { runLogged } from "../subjects/program.ts";
import { plainEnvironment } from "../subjects/subject.ts";
import { parseBenchmarks } from "./engine.ts";

const cannot = 77; // the script's status where this machine cannot have a cluster

/** "REDIS_URL=…" lines of the script. */
export function parseEnvironment(text: string): Record<string, string> {
  const pairs = text.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(pairs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

export const redisLimitMeasure: Experiment = {
  kind: "reads",
  name: "redis.limit",
  what: "a rate-limit decision by a Redis cluster of three masters with TLS: how long the request waits for it",
  load: "10,000 decisions/s, open loop, one thread; 5,000 clients in turn (Google Benchmark, real time)",
  subjects: "SafarGo",
  slow: true,
  run: async ({ generator, logs, options, root, say, world }) => {
    const program = process.env["SAFARGO_BENCH_REDIS"];
    if (program === undefined) return outcomeOf({ troubles: ["there is no redis_limit_bench: the bench preset was not built"] });
    const home = join(root, ".safargo/bench/redis");
    const script = (verb: string): string => execFileSync(join(root, "scripts/systems/redis.sh"), [verb, home], { encoding: "utf8" });
    try {
      script("start");
    } catch (error) {
      const { status, stderr } = error as { status?: number; stderr?: string };
      const why = `no Redis cluster on this machine: ${String(stderr).trim()}`;
      return outcomeOf(status === cannot ? { notes: [why] } : { troubles: [why] });
    }
    try {
      say("redis.limit");
      const output = join(generator.folder, "redis_limit_bench.json");
      const args = [`--benchmark_out=${output}`, "--benchmark_out_format=json", `--benchmark_repetitions=${options.rounds}`];
      const env = { ...plainEnvironment(), ...parseEnvironment(script("env")) };
      await runLogged({ program, args, env, folder: root }, join(logs, "redis_limit_bench.log"));
      return outcomeOf({ figures: parseBenchmarks(readFileSync(output, "utf8"), world.trips) });
    } finally {
      script("stop");
    }
  },
};
