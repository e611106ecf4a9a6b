// What safargo-load reports, and the figures derived from it.
import { type Figure, figuresOf, type Histogram, type Outcome, outcomeOf } from "../model.ts";

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
export interface Usage {
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
