// The charts of the report; none is drawn of nothing.
import type { Distribution, Figure, Histogram, Series } from "../model.ts";
import { short, showSpread, spread } from "../statistics.ts";
import { type Colours, type Content, type Element, element } from "./markup.ts";

type Place = (value: number) => number;

interface Axis {
  from: number;
  to: number;
  /** What is even along the axis: the value itself, or its logarithm. */
  even: Place;
  ticks: [number, string][];
}

function fromZero(to: number, ticks: [number, string][] = []): Axis {
  return { from: 0, to, even: (value) => value, ticks };
}

/** Over the powers of ten that enclose the values; never an empty range. */
export function powersOfTen(values: readonly number[]): Axis {
  const exponents = values.filter((value) => value > 0).map(Math.log10);
  const low = exponents.length === 0 ? -1 : Math.floor(Math.min(...exponents));
  const high = exponents.length === 0 ? 0 : Math.max(low + 1, Math.ceil(Math.max(...exponents)));
  const text = (power: number): string => (power >= 1e6 ? `${power / 1e6} M` : power >= 1e3 ? `${power / 1e3} k` : String(Number(power.toPrecision(1))));
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { from: 10 ** low, to: 10 ** high, even: Math.log10, ticks: powers.map((power) => [power, text(power)]) };
}

/** From zero on, in steps of 1, 2 or 5 times a power of ten: at most `most` of them, the last at or below the greatest. */
export function roundTicks(greatest: number, most = 6): number[] {
  if (!(greatest > 0)) return [0];
  const rough = greatest / (most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(greatest / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** Where a value stands between two coordinates. */
function place({ from, to, even }: Axis, low: number, high: number): Place {
  return (value) => low + ((even(value) - even(from)) / (even(to) - even(from) || 1)) * (high - low);
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): Element {
  return element("line", { x1, y1, x2, y2, class: kind });
}

function label(x: number, y: number, kind: string, text: string): Element {
  return element("text", { x, y, class: kind }, text);
}

function path(points: readonly [number, number][], kind: string, title: string): Element {
  const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  return element("path", { d, class: `line ${kind}` }, element("title", {}, title));
}

const width = 360;

function svg(height: number, title: string, ...body: Content[]): Element {
  return element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title }, ...body);
}

const height = 230;
const [left, right, top, bottom] = [44, width - 22, 18, height - 34];

function plot(title: string, across: Axis, up: Axis, units: string, draw: (x: Place, y: Place) => Content[]): Element {
  const x = place(across, left, right);
  const y = place(up, bottom, top);
  const rows = up.ticks.map(([value, text]) => [line(left, y(value), right, y(value), "grid"), label(left - 5, y(value) + 4, "tick end", text)]);
  const columns = across.ticks.map(([value, text]) => [line(x(value), top, x(value), bottom, "grid"), label(x(value), bottom + 15, "tick middle", text)]);
  return svg(height, title, rows, columns, draw(x, y), label(2, height - 2, "tick", units));
}

/** Bars of the medians; a thin line runs from the least to the greatest round. */
export function bars(title: string, figures: readonly Figure[], colours: Colours): Content {
  const shown = figures.filter(({ samples }) => samples.length > 0);
  if (shown.length === 0) return [];
  const [row, start, end] = [42, 4, width - 4];
  const x = place(fromZero(Math.max(...shown.flatMap(({ samples }) => samples), 1e-9)), start, end);
  const drawn = shown.map(({ subject, samples, unit }, i) => {
    const found = spread(samples);
    const y = i * row;
    return [
      label(start, y + 14, "name", subject),
      label(end, y + 14, "value", showSpread(found, unit)),
      element("rect", { x: start, y: y + 20, width: Math.max(1, x(found.median) - start), height: 16, rx: 2, class: colours(subject) }),
      line(x(found.min), y + 28, x(found.max), y + 28, "whisker"),
      ...[found.min, found.max].map((edge) => line(x(edge), y + 24, x(edge), y + 32, "whisker")),
    ];
  });
  return svg(shown.length * row + 4, title, drawn);
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
export function curves(title: string, distributions: readonly Distribution[], colours: Colours): Content {
  const lines = distributions.map(({ subject, histogram }) => ({ subject, points: curvePoints(histogram) })).filter(({ points }) => points.length > 0);
  if (lines.length === 0) return [];
  const all = lines.flatMap(({ points }) => points);
  const furthest = Math.max(1, ...all.map(([at]) => at));
  const shares = [0.5, 0.9, 0.99, 0.999, 0.9999].filter((share) => rarity(share) <= furthest);
  const across = fromZero(furthest, shares.map((share) => [rarity(share), String(Number((share * 100).toFixed(2)))]));
  return plot(title, across, powersOfTen(all.map(([, value]) => value)), "ms, by percentile", (x, y) =>
    lines.map(({ subject, points }) => path(points.map(([at, value]) => [x(at), y(value)]), colours(subject), subject)),
  );
}

/** How a number grows with the world, on logarithmic axes: a straight line of slope one is growth in proportion. */
export function growth(title: string, figures: readonly Figure[]): Content {
  const points = figures.filter(({ samples }) => samples.length > 0).sort((a, b) => a.trips - b.trips);
  if (points.length < 2) return [];
  const across = powersOfTen(points.map(({ trips }) => trips));
  return plot(title, across, powersOfTen(points.flatMap(({ samples }) => samples)), `${points[0]?.unit}, by open trips`, (x, y) => [
    path(points.map(({ trips, samples }) => [x(trips), y(spread(samples).median)]), "c0", title),
    ...points.map(({ trips, samples }) => {
      const [cx, { median, min, max }] = [x(trips), spread(samples)];
      const dot = element("circle", { cx, cy: y(median), r: 4, class: "c0" });
      return [line(cx, y(min), cx, y(max), "whisker"), dot, label(cx, y(max) - 8, "value middle", short(median))];
    }),
  ]);
}

/** How a number went while a load ran. The axis begins at zero, so that what is flat looks flat. */
export function overTime(title: string, { subject, unit, points }: Series, colours: Colours): Content {
  if (points.length < 2) return [];
  const axis = (most: number, count?: number): Axis => fromZero(most, roundTicks(most, count).map((value) => [value, String(value)]));
  const longest = Math.max(...points.map(([seconds]) => seconds)) / 60;
  const most = Math.max(...points.map(([, value]) => value), 1) * 1.1; // room above the greatest value
  return plot(title, axis(longest, 9), axis(most), `${unit === "count" ? "number" : unit}, by minutes`, (x, y) => [
    path(points.map(([seconds, value]) => [x(seconds / 60), y(value)]), colours(subject), subject),
  ]);
}
