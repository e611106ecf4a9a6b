// Requests, and how the load generator reads them.
import type { Random } from "../../../tests/functional/race/random.ts";

export interface Request {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  expect?: number;
}

/** Requests come as through a load balancer: each from one of so many addresses, which the API's limits count. */
const addresses = 4096;

export function fromSomewhere(request: Request, random: Random): Request {
  const number = random.below(addresses);
  const address = `41.96.${number >> 8}.${number & 255}`;
  return { ...request, headers: { "X-Forwarded-For": address, ...request.headers } };
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
