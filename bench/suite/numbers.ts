// Numbers for people.
import type { Spread } from "./statistics.ts";

/** Three digits that count. */
export function short(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.max(0, 2 - magnitude);
  return Number(value.toFixed(Math.min(decimals, 4))).toLocaleString("en-US", { maximumFractionDigits: Math.min(decimals, 4) });
}

export function showSpread({ median, min, max }: Spread, unit = ""): string {
  const range = min === max ? "" : ` (${short(min)} - ${short(max)})`;
  return `${short(median)}${unit === "" ? "" : ` ${unit}`}${range}`;
}
