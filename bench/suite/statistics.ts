// Medians, spreads and ratios. Everything is shown with its least and greatest sample: an average hides a bad round.
import type { Histogram } from "./model.ts";

export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function median(samples: readonly number[]): number {
  if (samples.length === 0) throw new Error("no sample, no median");
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export function spread(samples: readonly number[]): Spread {
  return { median: median(samples), min: Math.min(...samples), max: Math.max(...samples) };
}

/** Round by round, since what disturbs a round disturbs both sides of it. A round without one side gives none. */
export function ratios(mine: readonly number[], theirs: readonly number[]): number[] {
  const found: number[] = [];
  for (const [round, value] of mine.entries()) {
    const other = theirs[round];
    if (other !== undefined && other > 0) found.push(value / other);
  }
  return found;
}

/** The upper bound of the bucket that holds the share-th answer: never better than the truth. */
export function quantile(histogram: Histogram, share: number): number {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) throw new Error("no answers, no quantile");
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  for (const [upper, count] of histogram) {
    seen += count;
    if (seen >= rank) return upper;
  }
  throw new Error("the counts of a histogram do not add up");
}

/** Nearest rank, of plain samples. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("no sample, no percentile");
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] as number;
}
