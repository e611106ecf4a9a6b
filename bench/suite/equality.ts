// Before anything is measured: do the peers give exactly SafarGo's answers?
import { firstDifference } from "../peers/comparing.ts";
import type { Bench } from "./measure.ts";
import type { Equality } from "./model.ts";
import { placeLists, type Request, tripsById } from "./requests/request.ts";
import { searches } from "./requests/searches.ts";
import { type Running, type Subject, withServer } from "./subjects/servers.ts";

const each = 60;
const radii = [1, 5, 20, 50, 100];

/** A peer that only answers health has nothing to compare. */
export function answersWithData(peer: Subject): boolean {
  return ["trip", "places", "search"].some((kind) => peer.takesPartIn(kind));
}

async function questions(bench: Bench, peer: Subject): Promise<Request[]> {
  const seed = bench.options.seed + 1;
  const kinds = ["gravity", "hot", "desert"] as const;
  const searched = radii.flatMap((radiusKm) =>
    kinds.flatMap((kind) => searches(bench, { kind, count: each / 3, seed: seed + radiusKm, radiusKm })),
  );
  return [
    ...(peer.takesPartIn("trip") ? tripsById(await bench.world.someTrips(each, seed), seed) : []),
    ...(peer.takesPartIn("places") ? placeLists(each, seed) : []),
    ...(peer.takesPartIn("search") ? searched : []),
  ];
}

/** The texts of refusals are each server's own. */
async function answer({ origin }: Running, { method, path }: Request): Promise<unknown> {
  const response = await fetch(origin + path, { method, signal: AbortSignal.timeout(60_000) });
  const body = await response.text();
  return response.ok ? { status: response.status, body: JSON.parse(body) as unknown } : { status: response.status };
}

export async function checkEqual(bench: Bench, peer: Subject): Promise<Equality> {
  const asked = await questions(bench, peer);
  const differences: string[] = [];
  const { url } = bench.world;
  await withServer(bench.safargo, url, (ours) =>
    withServer(peer, url, async (theirs) => {
      for (const request of asked) {
        const difference = firstDifference(await answer(ours, request), await answer(theirs, request));
        if (difference !== undefined) differences.push(`${request.path}: ${difference}`);
      }
    }),
  );
  const said = differences.length === 0 ? "" : [`${differences.length} answers differ`, ...differences.slice(0, 10)].join("\n");
  return { peer: peer.name, compared: asked.length, equal: differences.length === 0, said };
}
