// The mixed traffic: what people do, in the shares they do it.
import type { Part } from "../load/plan.ts";
import type { Bench } from "../measure.ts";
import { placeLists, suggestions, tripsById } from "../requests/readings.ts";
import { searches } from "../requests/searches.ts";

export const shares = { search: 70, trip: 15, places: 5, suggest: 5, booking: 3, publish: 2 } as const;

/** Of a hundred requests so many write; a few more are prepared than will be due. */
export function writesIn(rate: number, seconds: number, share: number): number {
  return Math.ceil(rate * seconds * (share / 100) * 1.15) + 200;
}

export async function trafficParts(bench: Bench, rate: number, seconds: number): Promise<Part[]> {
  const { geography, options, today, world } = bench;
  const { seed } = options;
  const pool = await bench.pool();
  const reading = (name: keyof typeof shares, requests: Part["requests"]): Part => ({ name, weight: shares[name], requests, order: "random" });
  const writing = (name: "booking" | "publish", requests: Part["requests"]): Part => ({ name, weight: shares[name], requests, order: "once" });
  return [
    reading("search", searches(geography, { kind: "gravity", count: 5_000, seed, today, dated: 0.8 })),
    reading("trip", tripsById(await world.someTrips(5_000, seed), seed)),
    reading("places", placeLists(200, seed)),
    reading("suggest", suggestions(geography, 500, seed)),
    writing("booking", pool.bookings(writesIn(rate, seconds, shares.booking))),
    writing("publish", pool.publications(writesIn(rate, seconds, shares.publish))),
  ];
}

export const trafficText = Object.entries(shares)
  .map(([name, share]) => `${name} ${share}`)
  .join(", ");
