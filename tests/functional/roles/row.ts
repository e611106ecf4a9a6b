// One row of the role table: a route of the contract, and what each role gets there.
import type { Person } from "../harness/people.ts";
import type { Cast, Role } from "./cast.ts";

/** One request, freshly prepared for one role: who sends it, and what. */
export interface Attempt {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** If it is not the cast's member of the role. */
  asker?: Person;
}

export type Prepare = (cast: Cast, role: Role) => Promise<Attempt> | Attempt;

/** Statuses of anonymous, stranger, passenger, driver, moderator, admin, suspended. */
export type Statuses = readonly [number, number, number, number, number, number, number];

export interface Row {
  /** "POST /bookings/{id}/accept", as in openapi.json; a remark in brackets tells rows of one route apart. */
  route: string;
  statuses: Statuses;
  prepare: Prepare;
}

export function row(route: string, statuses: Statuses, prepare: Prepare): Row {
  return { route, statuses, prepare };
}

/** For a route whose path says everything. */
export function plain(path: string): Prepare {
  return () => ({ path });
}

export function methodOf(row: Row): string {
  return row.route.slice(0, row.route.indexOf(" "));
}

/** Without the remark in brackets. */
export function routeOf(row: Row): string {
  return row.route.replace(/ \(.*\)$/, "");
}
