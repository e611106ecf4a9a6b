// Runs safargo-load (bench/load) against a subject, watches what the processes take meanwhile, and derives figures from its report.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { busySeconds, cpuSeconds, residentMegabytes } from "../machine/processes.ts";
import type { Bench } from "../measure.ts";
import { type Figure, figuresOf, type Histogram, type Outcome, outcomeOf } from "../model.ts";
import { linesOf, type Request } from "../requests/request.ts";
import { plainEnvironment, runLogged } from "../subjects/program.ts";
import { type Running, type Subject, withServer } from "../subjects/servers.ts";

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
  const { hostname: address, port } = new URL(target);
  const limits = { max_connections: 2048, timeout_s: 30 };
  writeFileSync(file, JSON.stringify({ address, port: Number(port), load, warmup_s, duration_s, ...limits, seed, drop_connections_per_s, mix }));
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

export type Latency = Record<"p50" | "p95" | "p99" | "p999" | "max", number>;

export interface LoadReport {
  seconds: number;
  sent: number;
  /** As expected, like all latencies; other answers count as errors. */
  answered: number;
  /** Those that arrived within the measured part. */
  throughput_rps: number;
  /** How late the generator itself began a request that was due, at most (open loop). */
  generator_late_us: number;
  exhausted: boolean;
  /** Requests whose connection the plan closed before the answer arrived: neither answered nor errors. */
  dropped: number;
  /** Those of the plan's connections that were ever used, and how often one was opened, the warm-up included. */
  connections: number;
  connections_opened: number;
  errors: Record<string, number>;
  statuses: Record<string, number>;
  cpu_seconds: number;
  latency_us: Latency;
  histogram: Histogram;
  mix: Record<string, { answered: number; errors: number; latency_us: Latency }>;
  unexpected: { name: string; path: string; status: number; body: string }[];
}

/** Processor time used while the load was measured, in seconds. */
interface Usage {
  seconds: number;
  subject: number;
  postgres: number;
  /** Used by everything else on the machine, and by the host's other guests. */
  others: number;
  residentMegabytes: number;
}

export interface Loaded {
  report: LoadReport;
  usage: Usage;
}

export function parseReport(text: string): LoadReport {
  const report = JSON.parse(text) as LoadReport;
  for (const name of ["seconds", "sent", "answered", "throughput_rps", "errors", "latency_us", "histogram"] as const) {
    if (report[name] === undefined) throw new Error(`the report of safargo-load has no "${name}"`);
  }
  return report;
}

export function errorCount({ errors }: LoadReport): number {
  return Object.values(errors).reduce((sum, count) => sum + count, 0);
}

export function loadFigures(subject: string, trips: number, { report, usage }: Loaded): Figure[] {
  const cores = (seconds: number): number => (usage.seconds > 0 ? seconds / usage.seconds : 0);
  const each = (seconds: number): number => (report.throughput_rps > 0 ? (cores(seconds) / report.throughput_rps) * 1e6 : 0);
  const figure = figuresOf(subject, trips);
  const { p50, p95, p99, p999 } = report.latency_us;
  return [
    figure("generator late, at most", "ms", report.generator_late_us / 1000),
    figure("throughput", "req/s", report.throughput_rps),
    ...Object.entries({ p50, p95, p99, "p99.9": p999 }).map(([name, microseconds]) => figure(name, "ms", microseconds / 1000)),
    figure("errors", "count", errorCount(report)),
    figure("cpu", "CPU", cores(usage.subject)),
    figure("cpu of PostgreSQL", "CPU", cores(usage.postgres)),
    figure("cpu of the generator", "CPU", report.seconds > 0 ? report.cpu_seconds / report.seconds : 0),
    figure("cpu of others", "CPU", cores(usage.others)),
    figure("cpu a request", "us", each(usage.subject)),
    figure("cpu of PostgreSQL a request", "us", each(usage.postgres)),
    figure("cost", "us", each(usage.subject + usage.postgres)),
    figure("resident", "MB", usage.residentMegabytes),
  ];
}

const toleratedErrors = 0.001;

/** A subject with wrong answers is not measured, however fast it is. */
export function loadOutcome(subject: string, trips: number, loaded: Loaded): Outcome {
  const { report } = loaded;
  const [first] = report.unexpected;
  const such = first === undefined ? "" : `, such as ${first.status} for ${first.path}: ${first.body.slice(0, 120)}`;
  if (report.answered === 0) return outcomeOf({ troubles: [`${subject} answered nothing${such}`] });
  const outcome = outcomeOf({ figures: loadFigures(subject, trips, loaded), distributions: [{ subject, trips, histogram: report.histogram }] });
  const errors = errorCount(report);
  if (errors > 0) {
    const words = `${subject}: ${errors} of ${report.sent} requests failed${such}`;
    (errors > report.sent * toleratedErrors ? outcome.troubles : outcome.notes).push(words);
  }
  if (report.exhausted) outcome.notes.push(`${subject}: the prepared requests ran out after ${report.seconds.toFixed(1)} s`);
  return outcome;
}
