// Has something grown while a load ran? The first fifth is warm-up; the median of the second is held against that of the
// last. Medians, since a checkpoint of PostgreSQL makes requests and connections pile up for a moment.
import { type Figure, figuresOf, type Series } from "./model.ts";
import { median } from "./statistics.ts";

/** Of points in the order of their time; undefined when there are too few to say. */
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
