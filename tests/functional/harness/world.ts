// A database and an API on it, for one test file.
import { afterEach } from "node:test";
import { Api, type Environment } from "./api.ts";
import { atEnd } from "./cleanup.ts";
import { Database } from "./database.ts";
import { sharedPostgres } from "./environment.ts";

export interface World {
  database: Database;
  api: Api;
}

export interface WorldOptions {
  environment?: Environment;
  /** With Algeria loaded. */
  seeded?: boolean;
  /** The server on which to create the database. */
  server?: string;
}

/** Lives until the tests of the file are over; after a failed test the API's log is shown. */
export async function startWorld({ environment, seeded = false, server }: WorldOptions = {}): Promise<World> {
  const database = await Database.create(server ?? sharedPostgres);
  atEnd(() => database.drop());
  if (seeded) await database.seed();
  const api = await startApi(database, environment);
  return { database, api };
}

/** One more process on a database of this file. */
export async function startApi(database: Database, environment: Environment = {}): Promise<Api> {
  const api = new Api(database, environment);
  atEnd(() => api.stop());
  await api.start();
  afterEach((context) => {
    if ("passed" in context && !context.passed && api.troubles) console.error(`API at ${api.origin}:\n${api.troubles}`);
  });
  return api;
}
