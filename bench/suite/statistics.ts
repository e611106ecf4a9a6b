// Medians, spreads and ratios, and how they are written. Everything is shown with its least and greatest sample: an average
// hides a bad round.
interface Spread {
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
export function ratios(above: readonly number[], below: readonly number[]): number[] {
  return above.flatMap((value, round) => ((below[round] ?? 0) > 0 ? [value / (below[round] as number)] : []));
}

/** Nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("no sample, no percentile");
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] as number;
}

/** Three significant digits. */
export function short(value: number): string {
  if (value === 0) return "0";
  const decimals = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return Number(value.toFixed(decimals)).toLocaleString("en-US", { maximumFractionDigits: decimals });
}

export function showSpread({ median: middle, min, max }: Spread, unit = ""): string {
  const range = min === max ? "" : ` (${short(min)} - ${short(max)})`;
  return `${short(middle)}${unit === "" ? "" : ` ${unit}`}${range}`;
}
