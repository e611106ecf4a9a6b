// Requests, how the load generator reads them, and those that read something other than a search.
import { Random } from "../../../tests/functional/race/random.ts";
import type { Geography } from "./searches.ts";

export interface Request {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  expect?: number;
}

/** Requests come as through a load balancer: each from one of so many addresses, which the API's limits count. */
const addresses = 4096;

export function get(path: string, random: Random): Request {
  const number = random.below(addresses);
  return { method: "GET", path: `/api/v1/${path}`, headers: { "X-Forwarded-For": `41.96.${number >> 8}.${number & 255}` } };
}

/** As HTTP writes it. */
function bytesOf({ method, path, headers = {}, body = "" }: Request, host: string): string {
  const length = method === "POST" ? { "Content-Length": Buffer.byteLength(body) } : {};
  const lines = Object.entries({ ...headers, Host: host, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** What safargo-load reads: a request a line. Without an expectation 2xx and 304 are good. */
export function linesOf(requests: readonly Request[], origin: string): string {
  const { host } = new URL(origin);
  return requests.map((request) => `${JSON.stringify({ bytes: bytesOf(request, host), expect: request.expect ?? 0 })}\n`).join("");
}

const placeTypes = ["beach", "heritage", "mountain", "museum", "oasis", "park"];
const wilayas = [6, 9, 16, 18, 23, 25, 31, 47];

export function health(): Request[] {
  return [get("health", new Random(1))];
}

export function tripsById(ids: readonly string[], seed: number): Request[] {
  const random = new Random(seed);
  return ids.map((id) => get(`trips/${id}`, random));
}

/** The list as people open it: all of it, or by type, by wilaya, by both. */
export function placeLists(count: number, seed: number): Request[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const words: string[] = [];
    if (random.chance(0.6)) words.push(`type=${random.pick(placeTypes)}`);
    if (random.chance(0.4)) words.push(`wilaya=${random.pick(wilayas)}`);
    return get(`places${words.length > 0 ? `?${words.join("&")}` : ""}`, random);
  });
}

/** What a user has typed so far. */
export function suggestions({ capitals }: Geography, count: number, seed: number): Request[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const name = random.pick(capitals);
    const typed = name.slice(0, 2 + random.below(Math.max(1, name.length - 1)));
    return get(`geo/suggest?q=${encodeURIComponent(typed)}`, random);
  });
}
