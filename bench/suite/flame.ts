// A flame graph from what `perf script` prints: bench/suite/flame.ts <perf.txt >flame.svg
// Wider is more samples; callers below, callees above. One self-contained SVG: names show on hovering and on wide boxes.
import { readFileSync } from "node:fs";

interface Frame {
  name: string;
  samples: number;
  callees: Map<string, Frame>;
}

const width = 1200;
const rowHeight = 16;
const narrowest = 0.4; // pixels: what is thinner is left out
const characterWidth = 6.2;

function frame(name: string): Frame {
  return { name, samples: 0, callees: new Map() };
}

/** Template arguments and parameters say little in a box. */
function shortName(symbol: string): string {
  let depth = 0;
  let text = "";
  for (const c of symbol.replace(/\+0x[0-9a-f]+$/, "")) {
    if (c === "<" || c === "(") depth += 1;
    if (depth === 0) text += c;
    if (c === ">" || c === ")") depth -= 1;
  }
  return text.trim() || symbol;
}

/** The stack of one sample, outermost first. */
function stackOf(sample: string): string[] {
  const frames = sample.split("\n").filter((line) => /^\s+[0-9a-f]+ /.test(line));
  return frames.map((line) => shortName(line.trim().replace(/^[0-9a-f]+ /, "").replace(/ \([^()]*\)$/, ""))).reverse();
}

function add(root: Frame, stack: string[]): void {
  root.samples += 1;
  let at = root;
  for (const name of stack) {
    let next = at.callees.get(name);
    if (!next) {
      next = frame(name);
      at.callees.set(name, next);
    }
    next.samples += 1;
    at = next;
  }
}

function depthOf(at: Frame): number {
  return 1 + Math.max(0, ...[...at.callees.values()].map(depthOf));
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The kernel is blue, libraries are grey, ours is warm; neighbours differ a little. */
function colour(name: string): string {
  const shade = [...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 40, 7);
  if (name.startsWith("safargo")) return `hsl(${20 + shade / 2} 85% ${62 + shade / 6}%)`;
  if (/^(std|boost|fmt|spdlog)::/.test(name)) return `hsl(45 ${20 + shade / 4}% ${74 + shade / 8}%)`;
  return `hsl(205 ${30 + shade / 2}% ${70 + shade / 6}%)`;
}

function draw(at: Frame, x: number, row: number, height: number, scale: number, into: string[]): void {
  const w = at.samples * scale;
  if (w < narrowest) return;
  const y = height - (row + 1) * rowHeight;
  const fits = Math.floor((w - 6) / characterWidth);
  const label = fits < 3 ? "" : at.name.length <= fits ? at.name : `${at.name.slice(0, fits - 1)}…`;
  const share = ((w / width) * 100).toFixed(1);
  into.push(
    `<g><title>${escaped(at.name)}: ${share} %</title>` +
      `<rect x="${x.toFixed(1)}" y="${y}" width="${w.toFixed(1)}" height="${rowHeight - 1}" fill="${colour(at.name)}"/>` +
      (label ? `<text x="${(x + 3).toFixed(1)}" y="${y + 11}">${escaped(label)}</text>` : "") +
      "</g>",
  );
  let offset = x;
  for (const callee of [...at.callees.values()].sort((a, b) => b.samples - a.samples)) {
    draw(callee, offset, row + 1, height, scale, into);
    offset += callee.samples * scale;
  }
}

const root = frame("all");
for (const sample of readFileSync(0, "utf8").split("\n\n")) {
  const stack = stackOf(sample);
  if (stack.length > 0) add(root, stack);
}
const height = depthOf(root) * rowHeight;
const boxes: string[] = [];
draw(root, 0, 0, height, width / root.samples, boxes);
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="monospace" font-size="10">\n` +
    `<rect width="${width}" height="${height}" fill="#fffdf8"/>\n${boxes.join("\n")}\n</svg>\n`,
);
