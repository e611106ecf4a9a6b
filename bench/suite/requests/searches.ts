// Searches of several kinds; the same seed and day give the same requests.
import { Random } from "../../../tests/functional/race/random.ts";
import { byWeight, type Geography, type Pair, type Point } from "./geography.ts";
import { get, type Request } from "./request.ts";

export type SearchKind = "hot" | "desert" | "gravity";

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
