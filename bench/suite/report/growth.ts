// How a number grows with the world, on logarithmic axes: a straight line of slope one is growth in proportion.
import type { Figure } from "../model.ts";
import { spread } from "../statistics.ts";
import { short } from "../numbers.ts";
import { decades, escape, logarithmic, powersWithin, px, type Scale, svg, tick } from "./svg.ts";

const width = 360;
const height = 230;
const left = 44;
const bottom = 34;
const right = 22;
const top = 18;

export function growth(title: string, figures: readonly Figure[]): string {
  const points = figures.filter(({ samples }) => samples.length > 0).sort((a, b) => a.trips - b.trips);
  if (points.length < 2) return "";
  const across = decades(points.map(({ trips }) => trips));
  const up = decades(points.flatMap(({ samples }) => samples));
  const x = logarithmic(across, [left, width - right]);
  const y = logarithmic(up, [height - bottom, top]);
  const path = points.map(({ trips, samples }, i) => `${i === 0 ? "M" : "L"}${px(x(trips))} ${px(y(spread(samples).median))}`).join("");
  const unit = points[0]?.unit ?? "";
  const names = `<text x="2" y="${height - 2}" class="tick">${escape(unit)}, by open trips</text>`;
  return svg(width, height, title, axes(across, up, x, y) + `<path d="${path}" class="line c0"/>` + points.map((p) => mark(p, x, y)).join("") + names);
}

function mark({ trips, samples }: Figure, x: Scale, y: Scale): string {
  const { median, min, max } = spread(samples);
  const at = px(x(trips));
  return (
    `<line x1="${at}" x2="${at}" y1="${px(y(min))}" y2="${px(y(max))}" class="whisker"/>` +
    `<circle cx="${at}" cy="${px(y(median))}" r="4" class="c0"/>` +
    `<text x="${at}" y="${px(y(max) - 8)}" class="value middle">${short(median)}</text>`
  );
}

function axes(across: [number, number], up: [number, number], x: Scale, y: Scale): string {
  const rows = powersWithin(up).map(
    (value) =>
      `<line x1="${left}" x2="${width - right}" y1="${px(y(value))}" y2="${px(y(value))}" class="grid"/>` +
      `<text x="${left - 5}" y="${px(y(value) + 4)}" class="tick end">${tick(value)}</text>`,
  );
  const columns = powersWithin(across).map(
    (value) =>
      `<line x1="${px(x(value))}" x2="${px(x(value))}" y1="${top}" y2="${height - bottom}" class="grid"/>` +
      `<text x="${px(x(value))}" y="${height - bottom + 15}" class="tick middle">${tick(value)}</text>`,
  );
  return rows.join("") + columns.join("");
}
