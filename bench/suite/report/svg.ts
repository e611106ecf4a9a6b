// Pieces of charts: text that is safe in HTML, scales, ticks.
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Everything that did not grow here goes through this: names, errors of servers, paths. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

export type Scale = (value: number) => number;

export function linear([from, to]: [number, number], [low, high]: [number, number]): Scale {
  return (value) => low + ((value - from) / (to - from || 1)) * (high - low);
}

export function logarithmic([from, to]: [number, number], range: [number, number]): Scale {
  const scale = linear([Math.log10(from), Math.log10(to)], range);
  return (value) => scale(Math.log10(value));
}

/** Powers of ten that enclose these values; never an empty range. */
export function decades(values: readonly number[]): [number, number] {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return [0.1, 1];
  const low = 10 ** Math.floor(Math.log10(Math.min(...positive)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...positive)));
  return [low, high > low ? high : low * 10];
}

export function powersWithin([low, high]: [number, number]): number[] {
  const found: number[] = [];
  for (let exponent = Math.round(Math.log10(low)); exponent <= Math.round(Math.log10(high)); exponent += 1) found.push(10 ** exponent);
  return found;
}

export function tick(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  if (value >= 1e3) return `${value / 1e3} k`;
  return String(Number(value.toPrecision(1)));
}

/** A number as a coordinate. */
export function px(value: number): string {
  return value.toFixed(1);
}

export function svg(width: number, height: number, label: string, body: string): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}">${body}</svg>`;
}

/** SafarGo always has the first colour; every other subject keeps its own through the whole report. */
export class Colours {
  readonly #order: string[] = ["safargo"];

  constructor(subjects: Iterable<string>) {
    for (const name of [...new Set(subjects)].sort()) if (name !== "safargo") this.#order.push(name);
  }

  of(subject: string): string {
    const at = this.#order.indexOf(subject);
    return `c${at < 0 ? this.#order.length : at}`;
  }
}
