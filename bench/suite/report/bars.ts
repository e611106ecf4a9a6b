// Bars of the medians; a thin line runs from the least to the greatest round.
import type { Figure } from "../model.ts";
import { spread } from "../statistics.ts";
import { showSpread } from "../numbers.ts";
import { type Colours, escape, linear, px, svg } from "./svg.ts";

const width = 360;
const row = 42;
const margin = 4;

export function bars(title: string, figures: readonly Figure[], colours: Colours): string {
  const shown = figures.filter(({ samples }) => samples.length > 0);
  if (shown.length === 0) return "";
  const most = Math.max(...shown.flatMap(({ samples }) => samples), 1e-9);
  const x = linear([0, most], [margin, width - margin]);
  const rows = shown.map((figure, i) => bar(figure, i * row, x, colours));
  return svg(width, shown.length * row + 4, title, rows.join(""));
}

function bar({ subject, samples, unit }: Figure, top: number, x: (value: number) => number, colours: Colours): string {
  const found = spread(samples);
  const middle = px(top + 28);
  return (
    `<text x="${margin}" y="${px(top + 14)}" class="name">${escape(subject)}</text>` +
    `<text x="${width - margin}" y="${px(top + 14)}" class="value">${escape(showSpread(found, unit))}</text>` +
    `<rect x="${margin}" y="${px(top + 20)}" width="${px(Math.max(1, x(found.median) - margin))}" height="16" rx="2" class="${colours.of(subject)}"/>` +
    `<line x1="${px(x(found.min))}" x2="${px(x(found.max))}" y1="${middle}" y2="${middle}" class="whisker"/>` +
    [found.min, found.max].map((end) => `<line x1="${px(x(end))}" x2="${px(x(end))}" y1="${px(top + 24)}" y2="${px(top + 32)}" class="whisker"/>`).join("")
  );
}
