// The mixed traffic: what people do, and in which proportions.
import type { Part } from "../load/generator.ts";
import type { Bench } from "../measure.ts";
import { placeLists, suggestions, tripsById } from "../requests/readings.ts";
import { searches } from "../requests/searches.ts";

export const shares = { search: 70, trip: 15, places: 5, suggest: 5, booking: 3, publish: 2 } as const;

/** Of a hundred requests so many write; a few more are prepared than will be due. */
export function writesIn(rate: number, seconds: number, share: number): number {
  return Math.ceil(rate * seconds * (share / 100) * 1.15) + 200;
}

export async function trafficParts({ geography, options: { seed }, pool, today, world }: Bench, rate: number, seconds: number): Promise<Part[]> {
  const writers = await pool();
  const part = (name: keyof typeof shares, order: Part["order"], requests: Part["requests"]): Part => ({ name, weight: shares[name], order, requests });
  return [
    part("search", "random", searches(geography, { kind: "gravity", count: 5_000, seed, today, dated: 0.8 })),
    part("trip", "random", tripsById(await world.someTrips(5_000, seed), seed)),
    part("places", "random", placeLists(200, seed)),
    part("suggest", "random", suggestions(geography, 500, seed)),
    part("booking", "once", writers.bookings(writesIn(rate, seconds, shares.booking))),
    part("publish", "once", writers.publications(writesIn(rate, seconds, shares.publish))),
  ];
}

export const trafficText = Object.entries(shares)
  .map(([name, share]) => `${name} ${share}`)
  .join(", ");
