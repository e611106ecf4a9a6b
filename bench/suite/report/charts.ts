// The charts of the report; none is drawn of nothing.
import type { Distribution, Figure, Histogram, Series } from "../model.ts";
import { short, showSpread, spread } from "../statistics.ts";
import { type Axis, bar, type Colours, dot, label, line, path, place, plainAxis, powersOfTen, roundTicks, svg } from "./svg.ts";

const width = 360;
const height = 230;
const [left, right, top, bottom] = [44, width - 22, 18, height - 34];

type Place = (value: number) => number;

function plot(title: string, across: Axis, up: Axis, units: string, draw: (x: Place, y: Place) => string[]): string {
  const x = place(across, left, right);
  const y = place(up, bottom, top);
  const rows = up.ticks.map(([value, text]) => line(left, y(value), right, y(value), "grid") + label(left - 5, y(value) + 4, "tick end", text));
  const columns = across.ticks.map(([value, text]) => line(x(value), top, x(value), bottom, "grid") + label(x(value), bottom + 15, "tick middle", text));
  return svg(width, height, title, [...rows, ...columns, ...draw(x, y), label(2, height - 2, "tick", units)].join(""));
}

/** Bars of the medians; a thin line runs from the least to the greatest round. */
export function bars(title: string, figures: readonly Figure[], colours: Colours): string {
  const shown = figures.filter(({ samples }) => samples.length > 0);
  if (shown.length === 0) return "";
  const row = 42;
  const [start, end] = [4, width - 4];
  const x = place(plainAxis(Math.max(...shown.flatMap(({ samples }) => samples), 1e-9), []), start, end);
  const drawn = shown.flatMap(({ subject, samples, unit }, i) => {
    const found = spread(samples);
    const y = i * row;
    return [
      label(start, y + 14, "name", subject),
      label(end, y + 14, "value", showSpread(found, unit)),
      bar(start, y + 20, Math.max(1, x(found.median) - start), 16, colours.of(subject)),
      line(x(found.min), y + 28, x(found.max), y + 28, "whisker"),
      ...[found.min, found.max].map((edge) => line(x(edge), y + 24, x(edge), y + 32, "whisker")),
    ];
  });
  return svg(width, shown.length * row + 4, title, drawn.join(""));
}

/** -log10 of the share that is slower: each step right is ten times rarer. */
function rarity(share: number): number {
  return -Math.log10(1 - share);
}

/** Points of (rarity, milliseconds). The slowest answer of all stands at the share of all others. */
export function curvePoints(histogram: Histogram): [number, number][] {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  return histogram.flatMap(([upper, count]) => {
    const milliseconds = Math.max(upper, 1) / 1000;
    const from = rarity(below / total);
    below += count;
    return [[from, milliseconds], [rarity(Math.min(below / total, 1 - 1 / (total + 1))), milliseconds]] as [number, number][];
  });
}

/** How slow the slowest are: latency by the share of answers that were at least as quick, all rounds together. */
export function curves(title: string, distributions: readonly Distribution[], colours: Colours): string {
  const lines = distributions.filter(({ histogram }) => histogram.length > 0).map(({ subject, histogram }) => ({ subject, points: curvePoints(histogram) }));
  if (lines.length === 0) return "";
  const all = lines.flatMap(({ points }) => points);
  const furthest = Math.max(1, ...all.map(([at]) => at));
  const shares = [0.5, 0.9, 0.99, 0.999, 0.9999].filter((share) => rarity(share) <= furthest);
  const across = plainAxis(furthest, shares.map((share) => [rarity(share), String(Number((share * 100).toFixed(2)))]));
  return plot(title, across, powersOfTen(all.map(([, value]) => value)), "ms, by percentile", (x, y) =>
    lines.map(({ subject, points }) => path(points.map(([at, value]) => [x(at), y(value)]), colours.of(subject), subject)),
  );
}

/** How a number grows with the world, on logarithmic axes: a straight line of slope one is growth in proportion. */
export function growth(title: string, figures: readonly Figure[]): string {
  const points = figures.filter(({ samples }) => samples.length > 0).sort((a, b) => a.trips - b.trips);
  if (points.length < 2) return "";
  const across = powersOfTen(points.map(({ trips }) => trips));
  return plot(title, across, powersOfTen(points.flatMap(({ samples }) => samples)), `${points[0]?.unit}, by open trips`, (x, y) => [
    path(points.map(({ trips, samples }) => [x(trips), y(spread(samples).median)]), "c0", title),
    ...points.flatMap(({ trips, samples }) => {
      const { median, min, max } = spread(samples);
      return [line(x(trips), y(min), x(trips), y(max), "whisker"), dot(x(trips), y(median), "c0"), label(x(trips), y(max) - 8, "value middle", short(median))];
    }),
  ]);
}

/** How a number went while a load ran. The axis begins at zero, so that what is flat looks flat. */
export function overTime(title: string, { subject, unit, points }: Series, colours: Colours): string {
  if (points.length < 2) return "";
  const ticks = (most: number, count?: number): [number, string][] => roundTicks(most, count).map((value) => [value, String(value)]);
  const longest = Math.max(...points.map(([seconds]) => seconds)) / 60;
  const most = Math.max(...points.map(([, value]) => value), 1) * 1.1; // room above the greatest value
  return plot(title, plainAxis(longest, ticks(longest, 9)), plainAxis(most, ticks(most)), `${unit === "count" ? "number" : unit}, by minutes`, (x, y) => [
    path(points.map(([seconds, value]) => [x(seconds / 60), y(value)]), colours.of(subject), subject),
  ]);
}
