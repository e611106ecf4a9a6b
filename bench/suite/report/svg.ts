// Pieces of charts: text that is safe in HTML, axes, colours.
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Everything that did not grow here goes through this: names, errors of servers, paths. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** A number as a coordinate. */
function px(value: number): string {
  return value.toFixed(1);
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" class="${kind}"/>`;
}

export function label(x: number, y: number, kind: string, text: string): string {
  return `<text x="${px(x)}" y="${px(y)}" class="${kind}">${escape(text)}</text>`;
}

export function path(points: readonly [number, number][], kind: string, title: string): string {
  const steps = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${px(x)} ${px(y)}`).join("");
  return `<path d="${steps}" class="line ${kind}"><title>${escape(title)}</title></path>`;
}

export function bar(x: number, y: number, width: number, height: number, kind: string): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${height}" rx="2" class="${kind}"/>`;
}

export function dot(x: number, y: number, kind: string): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="4" class="${kind}"/>`;
}

export function svg(width: number, height: number, title: string, body: string): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">${body}</svg>`;
}

export interface Axis {
  from: number;
  to: number;
  /** What is even along the axis: the value itself, or its logarithm. */
  even: (value: number) => number;
  ticks: [number, string][];
}

/** From zero on, with these ticks. */
export function plainAxis(to: number, ticks: [number, string][]): Axis {
  return { from: 0, to, even: (value) => value, ticks };
}

/** Over the powers of ten that enclose the values; never an empty range. */
export function powersOfTen(values: readonly number[]): Axis {
  const exponents = values.filter((value) => value > 0).map(Math.log10);
  const low = exponents.length === 0 ? -1 : Math.floor(Math.min(...exponents));
  const high = exponents.length === 0 ? 0 : Math.max(low + 1, Math.ceil(Math.max(...exponents)));
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { from: 10 ** low, to: 10 ** high, even: Math.log10, ticks: powers.map((power) => [power, powerText(power)]) };
}

function powerText(power: number): string {
  if (power >= 1e6) return `${power / 1e6} M`;
  if (power >= 1e3) return `${power / 1e3} k`;
  return String(Number(power.toPrecision(1)));
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
export function place({ from, to, even }: Axis, low: number, high: number): (value: number) => number {
  return (value) => low + ((even(value) - even(from)) / (even(to) - even(from) || 1)) * (high - low);
}

/** SafarGo always has the first colour; every other subject keeps its own through the whole report. */
export class Colours {
  readonly #order: string[];

  constructor(subjects: Iterable<string>) {
    this.#order = ["safargo", ...[...new Set(subjects)].filter((name) => name !== "safargo").sort()];
  }

  of(subject: string): string {
    const at = this.#order.indexOf(subject);
    return `c${at < 0 ? this.#order.length : at}`;
  }
}
