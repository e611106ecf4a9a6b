// Requests as lines of the files that the load generator reads.
import type { Random } from "../../../tests/functional/race/random.ts";

export interface Request {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  expect?: number[];
}

/** Requests come as through a load balancer: each from one of so many addresses, which the API's limits count. */
const addresses = 4096;

export function fromSomewhere(request: Request, random: Random): Request {
  const number = random.below(addresses);
  const address = `41.96.${number >> 8}.${number & 255}`;
  return { ...request, headers: { "X-Forwarded-For": address, ...request.headers } };
}

export function jsonLines(requests: readonly Request[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join("");
}
