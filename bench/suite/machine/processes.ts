// Processes as the kernel sees them: parents, processor time, memory; and whether what one holds grows while something else runs.
import { readdirSync, readFileSync } from "node:fs";
import { type Figure, figuresOf, type Series } from "../model.ts";
import { median } from "../statistics.ts";

const ticksPerSecond = 100; // USER_HZ, a constant of Linux's interface

/** Of a process that has ended in between, nothing. */
function read(path: string): string {
  return unlessEnded(() => readFileSync(path, "utf8")) ?? "";
}

function list(folder: string): string[] | undefined {
  return unlessEnded(() => readdirSync(folder));
}

function unlessEnded<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** The process and all its descendants that live. */
export function tree(pid: number): number[] {
  const tasks = list(`/proc/${pid}/task`) ?? [];
  const children = tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(" "));
  return [pid, ...children.filter((word) => word.trim() !== "").flatMap((child) => tree(Number(child)))];
}

/** User and system time of a line of /proc/PID/stat, with that of children it has waited for. */
export function secondsOfStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticksPerSecond;
}

/** Of a process and its descendants. Children that ended stay counted, in their parent. */
export function cpuSeconds(pid: number): number {
  return tree(pid).reduce((sum, one) => sum + secondsOfStat(read(`/proc/${one}/stat`)), 0);
}

function numberIn(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
}

/** The kernel's "kB" is 1024 bytes; our megabyte is a million bytes. */
export function megabytesIn(text: string, name: string): number {
  return (numberIn(text, name) * 1024) / 1e6;
}

/** Resident memory in MB: of one process what the kernel calls VmRSS; of several their shares, so that pages they have
 * in common count once. */
export function residentMegabytes(pid: number): number {
  const pids = tree(pid);
  if (pids.length === 1) return megabytesIn(read(`/proc/${pid}/status`), "VmRSS");
  return pids.reduce((sum, one) => sum + megabytesIn(read(`/proc/${one}/smaps_rollup`), "Pss"), 0);
}

/** What a long load must not make grow. */
interface Held {
  megabytes: number;
  descriptors: number;
  threads: number;
}

/** Nothing when the process has ended. */
export function heldBy(pid: number): Held | undefined {
  const status = read(`/proc/${pid}/status`);
  const descriptors = list(`/proc/${pid}/fd`)?.length;
  return descriptors === undefined ? undefined : { megabytes: megabytesIn(status, "VmRSS"), descriptors, threads: numberIn(status, "Threads") };
}

/** The most it ever held. */
export function peakMegabytes(pid: number): number {
  return megabytesIn(read(`/proc/${pid}/status`), "VmHWM");
}

/** What /proc/stat counts as work of programs, or taken by the host's other guests, in seconds since boot. Interrupts are
 * left out: their time belongs to no particular program. */
export function busySecondsIn(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? "").split(" ").map(Number);
  return (user + nice + system + steal) / ticksPerSecond;
}

export function busySeconds(): number {
  return busySecondsIn(read("/proc/stat"));
}

/** With the seconds since the observation began. */
type Sample = Held & { seconds: number };

/** Looks at a process now and every so many seconds; of one that has ended it records nothing: the load reports that. */
export function observe(pid: number, seconds: number) {
  const samples: Sample[] = [];
  const began = performance.now();
  const look = (): void => {
    const held = heldBy(pid);
    if (held !== undefined) samples.push({ seconds: (performance.now() - began) / 1000, ...held });
  };
  look();
  const timer = setInterval(look, seconds * 1000);
  return { samples, look, stop: () => clearInterval(timer) };
}

export function seriesOf(subject: string, trips: number, samples: readonly Sample[]): Series[] {
  const series = (metric: string, unit: Series["unit"], name: keyof Held): Series => {
    const points = samples.map((sample): [number, number] => [Number(sample.seconds.toFixed(2)), sample[name]]);
    return { subject, trips, metric, unit, points };
  };
  return [series("resident", "MB", "megabytes"), series("descriptors", "count", "descriptors"), series("threads", "count", "threads")];
}

/** The first fifth is warm-up; the median of the second is held against that of the last. Medians, since a checkpoint of
 * PostgreSQL makes requests and connections pile up for a moment. Undefined when there are too few points to say. */
export function drift(points: readonly [number, number][]): { before: number; after: number } | undefined {
  const [first] = points[0] ?? [0];
  const [last] = points.at(-1) ?? [0];
  const between = (from: number, to: number): number[] => {
    const at = (share: number): number => first + (last - first) * share;
    return points.filter(([seconds]) => seconds >= at(from) && seconds <= at(to)).map(([, value]) => value);
  };
  const early = between(0.2, 0.4);
  const late = between(0.8, 1);
  return early.length < 3 || late.length < 3 ? undefined : { before: median(early), after: median(late) };
}

/** Descriptors and threads in numbers, memory in percent of what it was. */
export function driftFigures({ subject, trips, metric, unit, points }: Series): Figure[] {
  const found = drift(points);
  if (found === undefined) return [];
  const { before, after } = found;
  const figure = figuresOf(subject, trips);
  const percent = before > 0 ? (after / before - 1) * 100 : 0;
  return [
    figure(`${metric}, after warm-up`, unit, before),
    figure(`${metric}, at the end`, unit, after),
    unit === "MB" ? figure(`${metric}, growth`, "%", percent) : figure(`${metric}, growth`, unit, after - before),
  ];
}
