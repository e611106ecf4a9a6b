// Plans of safargo-load (bench/load) with their files of requests.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, type Request } from "../requests/request.ts";

export type Load = { kind: "open"; rate: number } | { kind: "closed"; connections: number };

export interface Part {
  name: string;
  weight: number;
  requests: readonly Request[];
  order: "cycle" | "random" | "once";
}

export interface LoadPlan {
  load: Load;
  warmupSeconds: number;
  seconds: number;
  seed: number;
  /** Connections that are closed a second, each at a random moment of its life. */
  dropsPerSecond?: number;
  mix: readonly Part[];
}

export function loadText(load: Load): string {
  return load.kind === "open" ? `${load.rate.toLocaleString("en-US")} req/s, open loop` : `${load.connections} connections, closed loop`;
}

/** Writes the files of a plan into a folder and says where the plan stands. */
export function writePlan(folder: string, target: string, plan: LoadPlan): string {
  mkdirSync(folder, { recursive: true });
  for (const part of plan.mix) {
    if (part.requests.length === 0) throw new Error(`no requests for ${part.name}`);
    writeFileSync(join(folder, `${part.name}.jsonl`), jsonLines(part.requests));
  }
  const file = join(folder, "plan.json");
  writeFileSync(
    file,
    JSON.stringify({
      target,
      load: plan.load.kind === "open" ? plan.load : { ...plan.load, think_ms: 0 },
      warmup_s: plan.warmupSeconds,
      duration_s: plan.seconds,
      max_connections: 2048,
      timeout_s: 30,
      threads: 1,
      seed: plan.seed,
      drop_connections_per_s: plan.dropsPerSecond ?? 0,
      mix: plan.mix.map(({ name, weight, order }) => ({ name, weight, requests: `${name}.jsonl`, order })),
    }),
  );
  return file;
}
