// How slow the slowest are: latency by the share of answers that were at least as quick, all rounds together.
import type { Distribution, Histogram } from "../model.ts";
import { type Colours, decades, escape, linear, logarithmic, powersWithin, px, type Scale, svg, tick } from "./svg.ts";

const width = 360;
const height = 230;
const left = 40;
const bottom = 30;
const right = 10;
const shares = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** -log10 of the share that is slower: each step right is ten times rarer. */
function rarity(share: number): number {
  return -Math.log10(1 - share);
}

/** Points of (rarity, milliseconds). The slowest answer of all stands at the share of all others. */
export function curvePoints(histogram: Histogram): [number, number][] {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0);
  const points: [number, number][] = [];
  let below = 0;
  for (const [upper, count] of histogram) {
    points.push([rarity(below / total), Math.max(upper, 1) / 1000]);
    below += count;
    const share = Math.min(below / total, 1 - 1 / (total + 1));
    points.push([rarity(share), Math.max(upper, 1) / 1000]);
  }
  return points;
}

export function curves(title: string, distributions: readonly Distribution[], colours: Colours): string {
  const lines = distributions.filter(({ histogram }) => histogram.length > 0).map((one) => ({ ...one, points: curvePoints(one.histogram) }));
  if (lines.length === 0) return "";
  const range = decades(lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const furthest = Math.max(1, ...lines.flatMap(({ points }) => points.map(([at]) => at)));
  const x = linear([0, furthest], [left, width - right]);
  const y = logarithmic(range, [height - bottom, 8]);
  const drawn = lines.map(({ subject, points }) => {
    const path = points.map(([at, value], i) => `${i === 0 ? "M" : "L"}${px(x(at))} ${px(y(value))}`).join("");
    return `<path d="${path}" class="line ${colours.of(subject)}"><title>${escape(subject)}</title></path>`;
  });
  return svg(width, height, title, grid(range, furthest, x, y) + drawn.join(""));
}

function grid(range: [number, number], furthest: number, x: Scale, y: Scale): string {
  const across = powersWithin(range).map(
    (value) =>
      `<line x1="${left}" x2="${width - right}" y1="${px(y(value))}" y2="${px(y(value))}" class="grid"/>` +
      `<text x="${left - 5}" y="${px(y(value) + 4)}" class="tick end">${tick(value)}</text>`,
  );
  const up = shares
    .filter((share) => rarity(share) <= furthest)
    .map(
      (share) =>
        `<line x1="${px(x(rarity(share)))}" x2="${px(x(rarity(share)))}" y1="8" y2="${height - bottom}" class="grid"/>` +
        `<text x="${px(x(rarity(share)))}" y="${height - bottom + 14}" class="tick middle">${Number((share * 100).toFixed(2))}</text>`,
    );
  const names = `<text x="2" y="${height - 2}" class="tick">ms, by percentile</text>`;
  return across.join("") + up.join("") + names;
}
