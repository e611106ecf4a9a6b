// Requests that read something other than a search.
import { Random } from "../../../tests/functional/race/random.ts";
import type { Geography } from "./geography.ts";
import { fromSomewhere, type Request } from "./request.ts";

const placeTypes = ["beach", "heritage", "mountain", "museum", "oasis", "park"];
const wilayas = [6, 9, 16, 18, 23, 25, 31, 47];

function get(path: string, random: Random): Request {
  return fromSomewhere({ method: "GET", path }, random);
}

export function health(): Request[] {
  return [get("/api/v1/health", new Random(1))];
}

export function tripsById(ids: readonly string[], seed: number): Request[] {
  const random = new Random(seed);
  return ids.map((id) => get(`/api/v1/trips/${id}`, random));
}

/** The list as people open it: all of it, or by type, by wilaya, by both. */
export function placeLists(count: number, seed: number): Request[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const words: string[] = [];
    if (random.chance(0.6)) words.push(`type=${random.pick(placeTypes)}`);
    if (random.chance(0.4)) words.push(`wilaya=${random.pick(wilayas)}`);
    return get(`/api/v1/places${words.length > 0 ? `?${words.join("&")}` : ""}`, random);
  });
}

/** What a user has typed so far. */
export function suggestions({ capitals }: Geography, count: number, seed: number): Request[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const name = random.pick(capitals);
    const typed = name.slice(0, 2 + random.below(Math.max(1, name.length - 1)));
    return get(`/api/v1/geo/suggest?q=${encodeURIComponent(typed)}`, random);
  });
}
