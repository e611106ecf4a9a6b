// Do two servers give the same answers? node bench/peers/check.ts BASE_A BASE_B REQUESTS.jsonl
// A line of the file is {"method":"GET","path":"/api/v1/..."}. Prints the first differences; exit 1 on any.
import { readFile } from "node:fs/promises";
import { firstDifference } from "./comparing.ts";

interface Ask {
  method: string;
  path: string;
}

const shown = 10;

async function answer(base: string, { method, path }: Ask): Promise<unknown> {
  const response = await fetch(base + path, { method, signal: AbortSignal.timeout(60_000) });
  const body = await response.text();
  // A refusal's words are each server's own.
  return response.ok ? { status: response.status, body: JSON.parse(body) as unknown } : { status: response.status };
}

async function differences(bases: [string, string], asks: Ask[]): Promise<string[]> {
  const found: string[] = [];
  for (const ask of asks) {
    const [a, b] = await Promise.all(bases.map((base) => answer(base, ask)));
    const difference = firstDifference(a, b);
    if (difference) found.push(`${ask.method} ${ask.path}\n  ${difference}`);
  }
  return found;
}

const [a, b, file] = process.argv.slice(2);
if (!a || !b || !file) {
  console.error("usage: check.ts BASE_A BASE_B REQUESTS.jsonl");
  process.exit(2);
}
const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
if (lines.length === 0) {
  console.error(`${file} holds no request`);
  process.exit(2);
}
const found = await differences([a, b], lines.map((line) => JSON.parse(line) as Ask));
for (const one of found.slice(0, shown)) console.log(one);
console.log(`${lines.length} requests compared, ${found.length} differ`);
process.exit(found.length === 0 ? 0 : 1);
