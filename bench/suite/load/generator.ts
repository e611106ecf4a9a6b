// Runs safargo-load (bench/load) against a subject and watches what the processes take meanwhile.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { busySeconds, cpuSeconds, residentMegabytes } from "../machine/processes.ts";
import type { Bench } from "../measure.ts";
import { linesOf, type Request } from "../requests/request.ts";
import { plainEnvironment, runLogged } from "../subjects/program.ts";
import { type Running, type Subject, withServer } from "../subjects/servers.ts";
import { type Loaded, parseReport, type Usage } from "./report.ts";

export interface Part {
  name: string;
  weight: number;
  requests: readonly Request[];
  order: "cycle" | "random" | "once";
}

export interface LoadPlan {
  load: { kind: "open"; rate: number } | { kind: "closed"; connections: number };
  warmupSeconds: number;
  seconds: number;
  seed: number;
  /** Connections that are closed a second, each at a random moment of its life. */
  dropsPerSecond?: number;
  mix: readonly Part[];
}

/** Writes the files of a plan into a folder and returns the plan's path. */
export function writePlan(folder: string, target: string, plan: LoadPlan): string {
  mkdirSync(folder, { recursive: true });
  for (const { name, requests } of plan.mix) {
    if (requests.length === 0) throw new Error(`no requests for ${name}`);
    writeFileSync(join(folder, `${name}.jsonl`), linesOf(requests, target));
  }
  const file = join(folder, "plan.json");
  const { load, warmupSeconds: warmup_s, seconds: duration_s, seed, dropsPerSecond: drop_connections_per_s = 0 } = plan;
  const mix = plan.mix.map(({ name, weight, order }) => ({ name, weight, requests: `${name}.jsonl`, order }));
  const limits = { max_connections: 2048, timeout_s: 30 };
  writeFileSync(file, JSON.stringify({ target, load, warmup_s, duration_s, ...limits, seed, drop_connections_per_s, mix }));
  return file;
}

function take(pids: readonly number[], postgres: number) {
  const subject = pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  // The generator is a child of this process, and so are the subjects.
  return { at: performance.now(), subject, postgres: cpuSeconds(postgres), bench: cpuSeconds(process.pid), machine: busySeconds() };
}

/** From the end of the warm-up to the end of the measured part, or of the program when it ends early. */
async function watch(load: Promise<unknown>, pids: readonly number[], postgres: number, plan: LoadPlan): Promise<Usage> {
  const over = new AbortController();
  const wait = (seconds: number): Promise<unknown> => pause(seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined);
  void load.finally(() => over.abort()).catch(() => undefined);
  await wait(plan.warmupSeconds);
  const before = take(pids, postgres);
  await wait(plan.seconds);
  const after = take(pids, postgres);
  const grown = (name: keyof typeof after): number => after[name] - before[name];
  return {
    seconds: grown("at") / 1000,
    subject: grown("subject"),
    postgres: grown("postgres"),
    others: Math.max(0, grown("machine") - grown("bench") - grown("postgres")),
    residentMegabytes: pids.reduce((sum, pid) => sum + residentMegabytes(pid), 0),
  };
}

type Wanted = Pick<LoadPlan, "load" | "mix"> & Partial<LoadPlan>;

/** With the pace and the seed of the run unless `wanted` overrides them; `replicas` are further processes of the subject. */
export async function runLoad(
  { generator, options, pace, world }: Bench,
  running: Running,
  name: string,
  wanted: Wanted,
  replicas: readonly Running[] = [],
): Promise<Loaded> {
  const plan: LoadPlan = { warmupSeconds: pace.warmup, seconds: pace.measured, seed: options.seed, ...wanted };
  const folder = join(generator.folder, name);
  const output = join(folder, "report.json");
  const args = [writePlan(folder, running.origin, plan), output];
  const load = runLogged({ program: generator.binary, args, env: plainEnvironment() }, join(folder, "load.log"));
  const usage = await watch(load, [running, ...replicas].map(({ pid }) => pid), world.cluster.pid, plan);
  await load;
  const report = parseReport(readFileSync(output, "utf8"));
  // The plan can recreate them from the seed; they are far larger than they are useful.
  for (const part of plan.mix) rmSync(join(folder, `${part.name}.jsonl`));
  return { report, usage };
}

/** On a server of its own. */
export function loadOn(bench: Bench, subject: Subject, name: string, wanted: Wanted): Promise<Loaded> {
  return withServer(subject, bench.world.url, (running) => runLoad(bench, running, name, wanted));
}

/** A load of one kind of request. */
export function only(name: string, requests: readonly Request[], order: Part["order"]): Part[] {
  return [{ name, weight: 1, requests, order }];
}
