// The same in numbers, for the terminal: the median of each tenth of the time.
import type { Series } from "../model.ts";
import { short } from "../numbers.ts";
import { median } from "../statistics.ts";

const parts = 10;

function partOf(seconds: number, longest: number): number {
  return Math.min(parts - 1, Math.floor((seconds / (longest || 1)) * parts));
}

/** Undefined where nothing was seen. */
export function medianOfParts(points: readonly [number, number][]): (number | undefined)[] {
  const longest = Math.max(0, ...points.map(([seconds]) => seconds));
  const seen: number[][] = Array.from({ length: parts }, () => []);
  for (const [seconds, value] of points) seen[partOf(seconds, longest)]?.push(value);
  return seen.map((values) => (values.length === 0 ? undefined : median(values)));
}

/** Rows of cells; all series of a load end together. */
export function overTimeRows(series: readonly Series[]): string[][] {
  const longest = Math.max(0, ...series.flatMap(({ points }) => points.map(([seconds]) => seconds)));
  if (longest === 0) return [];
  const head = ["until minute", ...Array.from({ length: parts }, (_, i) => short(((i + 1) * longest) / parts / 60))];
  const rows = series.map(({ metric, unit, points }) => [
    unit === "count" ? metric : `${metric}, ${unit}`,
    ...medianOfParts(points).map((value) => (value === undefined ? "-" : short(value))),
  ]);
  return [head, ...rows];
}
