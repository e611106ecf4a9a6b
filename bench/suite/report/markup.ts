// Elements of HTML and SVG. What is put into one is text unless it is an element itself, so nothing that did not grow here
// (names, errors of servers, paths) becomes markup.
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

export interface Element {
  readonly markup: string;
}

export type Content = string | Element | readonly Content[];

function markupOf(content: Content): string {
  if (typeof content === "string") return escape(content);
  return "markup" in content ? content.markup : content.map(markupOf).join("");
}

export function element(name: string, attributes: Record<string, string> = {}, ...content: Content[]): Element {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  return { markup: `<${name}${written.join("")}>${markupOf(content)}</${name}>` };
}

/** The colour of a subject (style.ts): SafarGo always has the first colour; every other keeps its own through the whole report. */
export type Colours = (subject: string) => string;

export function coloursOf(subjects: readonly string[]): Colours {
  const order = ["safargo", ...[...new Set(subjects)].filter((name) => name !== "safargo").sort()];
  return (subject) => `var(--k${order.indexOf(subject)})`;
}
