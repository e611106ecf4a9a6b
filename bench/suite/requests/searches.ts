// Searches of several kinds, and where people travel between: the capitals of the wilayas and the weights of the gravity model, from
// the same files that the worlds are generated from (packages/database/data). The same seed and day give the same requests.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { csvParse } from "d3-dsv";
import { Random } from "../../../tests/functional/race/random.ts";
import { get, type Request } from "./request.ts";

type SearchKind = "hot" | "desert" | "gravity";

export interface SearchPlan {
  kind?: SearchKind;
  count?: number;
  seed?: number;
  radiusKm?: number;
  /** Share of searches that name a day; the others ask for the next thirty. */
  dated?: number;
}

/** Of a Bench. Searches ask for days after today. */
export interface Asked {
  geography: Geography;
  options: { seed: number };
  today: string;
}

const hotPairs = 40;
const desertShare = 0.1;
const daysAhead = 27;
const kmPerDegree = 111.2;

/** The pairs of a kind: the busiest, the emptiest tenth, or all by their weight. */
export function pairSource({ pairs }: Geography, kind: SearchKind): (random: Random) => Pair {
  if (kind === "gravity") return byWeight(pairs);
  const some = kind === "hot" ? pairs.slice(0, hotPairs) : pairs.slice(-Math.ceil(pairs.length * desertShare));
  return (random) => random.pick(some);
}

/** People start somewhere in town, not at its centre. */
function near({ lat, lng }: Point, random: Random, km = 4): string {
  const north = ((random.next() * 2 - 1) * km) / kmPerDegree;
  const east = ((random.next() * 2 - 1) * km) / (kmPerDegree * Math.cos((lat * Math.PI) / 180));
  return `${(lat + north).toFixed(4)},${(lng + east).toFixed(4)}`;
}

export function dayAfter(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function searches({ geography, options, today }: Asked, plan: SearchPlan = {}): Request[] {
  const { kind = "gravity", count = 5_000, seed = options.seed, radiusKm = 20, dated = 1 } = plan;
  const random = new Random(seed);
  const pair = pairSource(geography, kind);
  return Array.from({ length: count }, () => {
    const { from, to } = pair(random);
    const words = [`from=${near(from, random)}`, `to=${near(to, random)}`, `radius_km=${radiusKm}`];
    if (random.chance(dated)) words.push(`date=${dayAfter(today, 1 + random.below(daysAhead))}`);
    words.push(`seats=${random.chance(0.8) ? 1 : 2}`);
    return get(`trips/search?${words.join("&")}`, random);
  });
}

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

export function readGeography(folder: string): Geography {
  const rows = (name: string) => csvParse(readFileSync(join(folder, name), "utf8"));
  const wilayas = rows("wilayas.csv");
  const capitals = new Map(wilayas.map((row) => [row["code"], { lat: Number(row["lat"]), lng: Number(row["lng"]) }]));
  const pairs: Pair[] = [];
  for (const row of rows("wilaya_distances.csv")) {
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
