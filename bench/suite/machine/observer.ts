// Samples a process while something else runs: has anything that it holds grown?
import { type Figure, figuresOf, type Series } from "../model.ts";
import { median } from "../statistics.ts";
import { type Held, heldBy } from "./processes.ts";

/** With the seconds since the observation began. */
export type Sample = Held & { seconds: number };

export class Observer {
  readonly samples: Sample[] = [];
  readonly #pid: number;
  readonly #began = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(pid: number) {
    this.#pid = pid;
  }

  watchEvery(seconds: number): void {
    this.look();
    this.#timer = setInterval(() => this.look(), seconds * 1000);
  }

  /** Records nothing of a process that has ended: the load reports that. */
  look(): void {
    const held = heldBy(this.#pid);
    if (held !== undefined) this.samples.push({ seconds: (performance.now() - this.#began) / 1000, ...held });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
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
