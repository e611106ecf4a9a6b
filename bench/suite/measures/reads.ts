// Plain reads: the least a server does, one indexed read, a list.
import type { Comparison } from "../measure.ts";
import { health, placeLists, tripsById } from "../requests/readings.ts";

const connections = 64;
const load = `${connections} connections, closed loop`;
const subjects = "SafarGo, peers";

export const healthMeasure: Comparison = {
  kind: "comparison",
  name: "health",
  what: "GET /api/v1/health: what the server itself costs",
  load: `${load}; peers in as many processes as SafarGo has threads, fastify-one-process in one`,
  subjects,
  peersCallIt: "health",
  connections,
  requests: health,
};

export const tripMeasure: Comparison = {
  kind: "comparison",
  name: "trip",
  what: "GET /trips/{id}: one trip with its driver and car, 10,000 different ones",
  load,
  subjects,
  peersCallIt: "trip",
  connections,
  order: "random",
  requests: async ({ world, options }) => tripsById(await world.someTrips(10_000, options.seed), options.seed),
};

export const placesMeasure: Comparison = {
  kind: "comparison",
  name: "places",
  what: "GET /places: pages of 20, all or by type and wilaya",
  load,
  subjects,
  peersCallIt: "places",
  connections,
  requests: ({ options }) => placeLists(200, options.seed),
};
