// Has something grown while a load ran? The first fifth is warm-up; the median of the second is held against that of the
// last. Medians, since a checkpoint of PostgreSQL makes requests pile up, and with them connections, for a moment.
import type { Figure, Series } from "./model.ts";
import { median } from "./statistics.ts";

export interface Drift {
  before: number;
  after: number;
}

const fifth = 0.2;

/** Of points in the order of their time; undefined when there are too few to say. */
export function drift(points: readonly [number, number][]): Drift | undefined {
  const [first] = points[0] ?? [0];
  const [last] = points.at(-1) ?? [0];
  const between = (from: number, to: number): number[] => {
    const at = (share: number): number => first + (last - first) * share;
    return points.filter(([seconds]) => seconds >= at(from) && seconds <= at(to)).map(([, value]) => value);
  };
  const early = between(fifth, 2 * fifth);
  const late = between(1 - fifth, 1);
  return early.length < 3 || late.length < 3 ? undefined : { before: median(early), after: median(late) };
}

/** Descriptors and threads in numbers, memory in percent of what it was. */
export function driftFigures({ subject, trips, metric, unit, points }: Series): Figure[] {
  const found = drift(points);
  if (found === undefined) return [];
  const { before, after } = found;
  const figure = (name: string, unitOf: Figure["unit"], value: number): Figure => ({ subject, trips, metric: `${metric}, ${name}`, unit: unitOf, samples: [value] });
  const grown = unit === "MB" ? figure("growth", "%", before > 0 ? (after / before - 1) * 100 : 0) : figure("growth", unit, after - before);
  return [figure("after warm-up", unit, before), figure("at the end", unit, after), grown];
}
