// What SafarGo and its peers are both asked: plain reads (the least a server does, one indexed read, a list), and searches
// by where people want to go and how far from the stops they may be.
import type { Comparison } from "../measure.ts";
import { health, placeLists, type Request, tripsById } from "../requests/request.ts";
import { type SearchPlan, searches } from "../requests/searches.ts";
import { withServer } from "../subjects/servers.ts";

const connections = 64;
const load = `${connections} connections, closed loop`;
const common = { kind: "comparison", load, subjects: "SafarGo, peers", connections } as const;

function search(name: string, what: string, { slow = true, ...plan }: SearchPlan & { slow?: boolean }): Comparison {
  return {
    ...common,
    name: `search.${name}`,
    what: `GET /trips/search: ${what}, ${plan.radiusKm ?? 20} km around both ends`,
    peersCallIt: "search",
    slow,
    requests: (bench) => searches(bench, plan),
  };
}

const byTravel = "pairs by how much they travel";
const pages = 5;

/** The cursors are followed once; then all pages are asked for. */
async function followCursors(origin: string, first: readonly Request[]): Promise<Request[]> {
  const found: Request[] = [];
  for (const request of first) {
    let path = request.path;
    for (let page = 1; page <= pages; page += 1) {
      found.push({ ...request, path });
      const answer = await fetch(origin + path, { headers: request.headers ?? {} });
      if (answer.status !== 200) throw new Error(`page ${page} of ${request.path}: ${answer.status} ${await answer.text()}`);
      const { next_cursor: next } = (await answer.json()) as { next_cursor: string | null };
      if (next === null) break;
      path = `${request.path}&cursor=${encodeURIComponent(next)}`;
    }
  }
  return found;
}

export const comparisons: readonly Comparison[] = [
  {
    ...common,
    name: "health",
    what: "GET /api/v1/health: what the server itself costs",
    load: `${load}; peers in as many processes as SafarGo has threads, fastify-one-process in one`,
    peersCallIt: "health",
    requests: health,
  },
  {
    ...common,
    name: "trip",
    what: "GET /trips/{id}: one trip with its driver and car, 10,000 different ones",
    peersCallIt: "trip",
    order: "random",
    requests: async ({ world, options }) => tripsById(await world.someTrips(10_000, options.seed), options.seed),
  },
  {
    ...common,
    name: "places",
    what: "GET /places: pages of 20, all or by type and wilaya",
    peersCallIt: "places",
    requests: ({ options }) => placeLists(200, options.seed),
  },
  search("gravity", "pairs of wilayas by how much they travel, a day", { slow: false }),
  search("hot", "the forty busiest pairs, a day", { kind: "hot" }),
  search("desert", "the emptiest tenth of all pairs, a day", { kind: "desert" }),
  search("month", `${byTravel}, the next thirty days`, { dated: 0 }),
  ...[1, 5, 50, 100].map((radiusKm) => search(`radius${radiusKm}`, `${byTravel}, a day`, { radiusKm })),
  {
    ...common,
    name: "search.cursors",
    what: `GET /trips/search: pages 1 to ${pages} of the busiest pairs, thirty days, by their cursors`,
    subjects: "SafarGo",
    slow: true,
    requests: (bench) => {
      const first = searches(bench, { kind: "hot", count: 100, dated: 0 });
      return withServer(bench.safargo, bench.world.url, ({ origin }) => followCursors(origin, first));
    },
  },
];
