// The charts of the report, drawn by Observable Plot; none is drawn of nothing.
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type ComponentChildren, h } from "preact";
import type { Distribution, Figure, Histogram, Series } from "../model.ts";
import { short, showSpread, spread } from "../statistics.ts";

export type Content = ComponentChildren;

/** The colour of a subject (style.ts): SafarGo always has the first; every other keeps its own through the whole report. */
export type Colours = (subject: string) => string;

export function coloursOf(subjects: readonly string[]): Colours {
  const order = ["safargo", ...[...new Set(subjects)].filter((name) => name !== "safargo").sort()];
  return (subject) => `var(--k${order.indexOf(subject)})`;
}

const { document } = parseHTML("<html></html>");
const logarithmic = { type: "log", grid: true, nice: true } as const;

function draw(options: Plot.PlotOptions): Content {
  const chart = Plot.plot({ document, width: 360, height: 230, marginRight: 24, ...options });
  return h("div", { dangerouslySetInnerHTML: { __html: chart.outerHTML } });
}

function spreads(figures: readonly Figure[]) {
  return figures.filter(({ samples }) => samples.length > 0).map((figure) => ({ ...figure, ...spread(figure.samples) }));
}

/** Bars of the medians; a thin line runs from the least to the greatest round. */
export function bars(figures: readonly Figure[], colours: Colours): Content {
  const shown = spreads(figures);
  if (shown.length === 0) return [];
  const above = { y: "subject", dy: -12 } as const;
  return draw({
    ...{ height: shown.length * 42 + 8, margin: 4, marginRight: 4 },
    x: { axis: null, domain: [0, Math.max(...shown.map(({ max }) => max), 1e-9)] },
    y: { axis: null, domain: shown.map(({ subject }) => subject) },
    marks: [
      Plot.barX(shown, { x: "median", y: "subject", fill: ({ subject }) => colours(subject), insetTop: 16 }),
      Plot.ruleY(shown, { x1: "min", x2: "max", y: "subject", dy: 8 }),
      Plot.text(shown, { ...above, text: "subject", frameAnchor: "left" }),
      Plot.text(shown, { ...above, text: (one) => showSpread(one, one.unit), frameAnchor: "right" }),
    ],
  });
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
export function curves(distributions: readonly Distribution[], colours: Colours): Content {
  const points = distributions.flatMap(({ subject, histogram }) => curvePoints(histogram).map(([at, ms]) => ({ subject, at, ms })));
  if (points.length === 0) return [];
  const furthest = Math.max(1, ...points.map(({ at }) => at));
  const ticks = [0.5, 0.9, 0.99, 0.999, 0.9999].map(rarity).filter((at) => at <= furthest);
  const tickFormat = (at: number): string => String(Number((100 - 100 * 10 ** -at).toFixed(2)));
  return draw({
    x: { domain: [0, furthest], ticks, tickFormat, grid: true, label: "percentile" },
    y: { ...logarithmic, tickFormat: ",~r", label: "ms" },
    marks: [Plot.line(points, { x: "at", y: "ms", z: "subject", stroke: ({ subject }) => colours(subject), title: "subject" })],
  });
}

/** How a number grows with the world, on logarithmic axes: a straight line of slope one is growth in proportion. */
export function growth(figures: readonly Figure[], colours: Colours): Content {
  const points = spreads(figures).filter(({ min }) => min > 0).sort((a, b) => a.trips - b.trips);
  const [first] = points;
  if (first === undefined || points.length < 2) return [];
  const at = { x: "trips", y: "median" } as const;
  return draw({
    x: { ...logarithmic, label: "open trips" },
    y: { ...logarithmic, tickFormat: ",~r", label: first.unit },
    marks: [
      Plot.line(points, { ...at, stroke: colours(first.subject) }),
      Plot.ruleX(points, { x: "trips", y1: "min", y2: "max" }),
      Plot.dot(points, { ...at, fill: colours(first.subject) }),
      Plot.text(points, { x: "trips", y: "max", dy: -8, text: ({ median }) => short(median) }),
    ],
  });
}

/** How a number went while a load ran. The axis begins at zero, so that what is flat looks flat. */
export function overTime({ subject, unit, points }: Series, colours: Colours): Content {
  if (points.length < 2) return [];
  const most = Math.max(...points.map(([, value]) => value), 1) * 1.1; // room above the greatest value
  return draw({
    x: { domain: [0, Math.max(...points.map(([seconds]) => seconds)) / 60], label: "minutes" },
    y: { domain: [0, most], grid: true, label: unit === "count" ? "number" : unit },
    marks: [Plot.line(points.map(([seconds, value]) => [seconds / 60, value]), { stroke: colours(subject) })],
  });
}
