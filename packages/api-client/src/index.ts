// The API as TypeScript sees it: every path, parameter and answer is typed from openapi.json, which the server prints.
import createFetchClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { components, operations, paths } from "./generated/schema.d.ts";

export type { components, operations, paths };

/** A schema of the contract by its name, for example `Schema<"BookingView">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type SafargoClient = Client<paths>;

/**
 * A client for one server. `baseUrl` is its origin, for example `http://127.0.0.1:3000`; the paths of the contract
 * carry the rest.
 */
export function createClient(options: ClientOptions & { baseUrl: string }): SafargoClient {
  return createFetchClient<paths>(options);
}
