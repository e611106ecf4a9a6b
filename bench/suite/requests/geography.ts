// Where people travel between: the capitals of the wilayas and the weights of the gravity model, from the same files
// that the worlds are generated from (packages/database/data).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../../../tests/functional/race/random.ts";

export interface Point {
  lat: number;
  lng: number;
}

export interface Pair {
  from: Point;
  to: Point;
  weight: number;
  km: number;
}

export interface Geography {
  /** Heaviest first, each direction once. */
  pairs: readonly Pair[];
  capitals: readonly string[];
}

/** The cells of one line; a quoted cell may hold commas. */
export function csvCells(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)) {
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
  }
  return cells;
}

export function csvRows(text: string): Record<string, string>[] {
  const [head = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const names = csvCells(head);
  return lines.map((line) => Object.fromEntries(csvCells(line).map((cell, i) => [names[i] ?? "", cell])));
}

export function readGeography(folder: string): Geography {
  const wilayas = csvRows(readFileSync(join(folder, "wilayas.csv"), "utf8"));
  const capitals = new Map(wilayas.map((row) => [row["code"], { lat: Number(row["lat"]), lng: Number(row["lng"]) }]));
  const pairs: Pair[] = [];
  for (const row of csvRows(readFileSync(join(folder, "wilaya_distances.csv"), "utf8"))) {
    const one = capitals.get(row["from_code"]);
    const other = capitals.get(row["to_code"]);
    if (one === undefined || other === undefined) throw new Error(`no such wilaya: ${row["from_code"]}-${row["to_code"]}`);
    const rest = { weight: Number(row["trip_weight"]), km: Number(row["km"]) };
    pairs.push({ from: one, to: other, ...rest }, { from: other, to: one, ...rest });
  }
  pairs.sort((a, b) => b.weight - a.weight);
  return { pairs, capitals: wilayas.map((row) => row["capital"] ?? "").filter((name) => name !== "") };
}

/** Draws pairs by their weight. */
export function byWeight(pairs: readonly Pair[]): (random: Random) => Pair {
  let all = 0;
  const upTo = pairs.map(({ weight }) => (all += weight));
  return (random) => {
    const at = random.next() * all;
    return pairs[upTo.findIndex((sum) => sum > at)] as Pair; // near the front: the heaviest come first
  };
}
