// Searches, by where people want to go and how far from the stops they are ready to be.
import type { Comparison } from "../measure.ts";
import { type SearchKind, searches } from "../requests/searches.ts";

const connections = 64;
const requestCount = 5_000;
const radii = [1, 5, 50, 100] as const; // 20 is the radius of all the others

interface Wanted {
  name: string;
  what: string;
  kind: SearchKind;
  radiusKm?: number;
  dated?: number;
  slow?: boolean;
}

function searchMeasure({ name, what, kind, radiusKm = 20, dated = 1, slow = false }: Wanted): Comparison {
  return {
    kind: "comparison",
    name: `search.${name}`,
    what: `GET /trips/search: ${what}, ${radiusKm} km around both ends`,
    load: `${connections} connections, closed loop`,
    subjects: "SafarGo, peers",
    peersCallIt: "search",
    connections,
    slow,
    requests: ({ geography, options, today }) =>
      searches(geography, { kind, count: requestCount, seed: options.seed, today, radiusKm, dated }),
  };
}

export const searchMeasures: Comparison[] = [
  searchMeasure({ name: "gravity", what: "pairs of wilayas by how much they travel, a day", kind: "gravity" }),
  searchMeasure({ name: "hot", what: "the forty busiest pairs, a day", kind: "hot", slow: true }),
  searchMeasure({ name: "desert", what: "the emptiest tenth of all pairs, a day", kind: "desert", slow: true }),
  searchMeasure({ name: "month", what: "pairs by how much they travel, the next thirty days", kind: "gravity", dated: 0, slow: true }),
  ...radii.map((radiusKm) =>
    searchMeasure({ name: `radius${radiusKm}`, what: "pairs by how much they travel, a day", kind: "gravity", radiusKm, slow: true }),
  ),
];
