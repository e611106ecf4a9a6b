// The mixed traffic: what people do, and in which proportions.
import type { Part } from "../load/generator.ts";
import type { Bench } from "../measure.ts";
import { placeLists, suggestions, tripsById } from "../requests/request.ts";
import { searches } from "../requests/searches.ts";
import type { Wanted } from "../world/writers.ts";

export const shares = { search: 70, trip: 15, places: 5, suggest: 5, booking: 3, publish: 2 } as const;

/** A few more are prepared than will be due. */
export function trafficWrites(rate: number, seconds: number, times = 1): Wanted {
  const writes = (share: number): number => (Math.ceil(rate * seconds * (share / 100) * 1.15) + 200) * times;
  return { bookings: writes(shares.booking), publications: writes(shares.publish) };
}

export async function trafficParts(bench: Bench, rate: number, seconds: number): Promise<Part[]> {
  const { geography, options: { seed }, world } = bench;
  const writers = await bench.pool();
  const { bookings, publications } = trafficWrites(rate, seconds);
  const part = (name: keyof typeof shares, order: Part["order"], requests: Part["requests"]): Part => ({ name, weight: shares[name], order, requests });
  return [
    part("search", "random", searches(bench, { dated: 0.8 })),
    part("trip", "random", tripsById(await world.someTrips(5_000, seed), seed)),
    part("places", "random", placeLists(200, seed)),
    part("suggest", "random", suggestions(geography, 500, seed)),
    part("booking", "once", writers.bookings(bookings)),
    part("publish", "once", writers.publications(publications)),
  ];
}

export const trafficText = Object.entries(shares)
  .map((pair) => pair.join(" "))
  .join(", ");
