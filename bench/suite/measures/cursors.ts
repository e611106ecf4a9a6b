// Pages one to five of searches that have so many: the cursors are followed once, then all pages are asked for.
import type { Comparison } from "../measure.ts";
import type { Request } from "../requests/request.ts";
import { searches } from "../requests/searches.ts";

const pages = 5;
const queries = 100;
const connections = 64;

export async function followCursors(origin: string, first: readonly Request[], most = pages): Promise<Request[]> {
  const found: Request[] = [];
  for (const request of first) {
    let path = request.path;
    for (let page = 1; page <= most; page += 1) {
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

export const cursorMeasure: Comparison = {
  kind: "comparison",
  name: "search.cursors",
  what: "GET /trips/search: pages 1 to 5 of the busiest pairs, thirty days, by their cursors",
  load: `${connections} connections, closed loop`,
  subjects: "SafarGo",
  connections,
  slow: true,
  requests: async (bench) => {
    const { geography, options, today } = bench;
    const first = searches(geography, { kind: "hot", count: queries, seed: options.seed, today, dated: 0 });
    const running = await bench.safargo.start(bench.world.url);
    try {
      return await followCursors(running.origin, first);
    } finally {
      await running.stop();
    }
  },
};
