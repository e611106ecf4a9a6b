// How a number went while a load ran. The axis begins at zero, so that what is flat looks flat.
import type { Series } from "../model.ts";
import { type Colours, escape, linear, px, type Scale, svg } from "./svg.ts";
import { roundTicks } from "./ticks.ts";

const width = 360;
const height = 200;
const left = 44;
const bottom = 30;
const right = 14;
const top = 10;
const room = 1.1; // above the greatest value

export function overTime(title: string, { subject, unit, points }: Series, colours: Colours): string {
  if (points.length < 2) return "";
  const minutes = points.map(([seconds]) => seconds / 60);
  const longest = Math.max(...minutes);
  const most = Math.max(...points.map(([, value]) => value), 1) * room;
  const x = linear([0, longest], [left, width - right]);
  const y = linear([0, most], [height - bottom, top]);
  const path = points.map(([, value], i) => `${i === 0 ? "M" : "L"}${px(x(minutes[i] as number))} ${px(y(value))}`).join("");
  const names = `<text x="2" y="${height - 2}" class="tick">${escape(unit === "count" ? "number" : unit)}, by minutes</text>`;
  return svg(width, height, title, axes(longest, most, x, y) + `<path d="${path}" class="line ${colours.of(subject)}"/>` + names);
}

function axes(longest: number, most: number, x: Scale, y: Scale): string {
  const rows = roundTicks(most).map(
    (value) =>
      `<line x1="${left}" x2="${width - right}" y1="${px(y(value))}" y2="${px(y(value))}" class="grid"/>` +
      `<text x="${left - 5}" y="${px(y(value) + 4)}" class="tick end">${value}</text>`,
  );
  const columns = roundTicks(longest, 9).map(
    (value) =>
      `<line x1="${px(x(value))}" x2="${px(x(value))}" y1="${top}" y2="${height - bottom}" class="grid"/>` +
      `<text x="${px(x(value))}" y="${height - bottom + 14}" class="tick middle">${value}</text>`,
  );
  return rows.join("") + columns.join("");
}
