// The peer "Fastify + pg": hand-written SQL in named (prepared) statements, compiled response shapes, no logger, no ORM.
import Fastify, { type FastifyInstance } from "fastify";
import pg from "pg";
import { type Asked, BadQuestion, isUuid } from "../common/asked.ts";
import { type FoundRow, searchPage } from "../common/found_trip.ts";
import { HealthMonitor } from "../common/health.ts";
import { type PlaceRow, placesPage, placesSql, placesValues } from "../common/places.ts";
import { question } from "../common/search_query.ts";
import { type Search, btreeSearch, gistSearch } from "../common/search_sql.ts";
import { host, required, serve, sessionOptions } from "../common/serving.ts";
import type { DriverColumns } from "../common/people.ts";
import { type TripColumns, type VehicleColumns, isPublic, tripView } from "../common/trip_view.ts";
import * as answers from "./answers.ts";
import { tripSql } from "./trip_sql.ts";

type TripRow = TripColumns & DriverColumns & VehicleColumns & { vehicle_seats: number };

function chosenSearch(): Search {
  const { SEARCH: name = "btree" } = process.env;
  const search = new Map([["btree", btreeSearch], ["gist", gistSearch]]).get(name);
  if (!search) throw new Error("SEARCH is btree or gist");
  return search;
}

function openPool(): pg.Pool {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number); // sums of stars, far below 2^53
  return new pg.Pool({ connectionString: required("DATABASE_URL"), max: 10, options: sessionOptions });
}

async function rows<Row extends object>(pool: pg.Pool, name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await pool.query<Row>({ name, text, values })).rows;
}

function viewOf(row: TripRow) {
  const { make, model, year, colour, fuel } = row;
  return tripView(row, row, { make, model, year, colour, seats: row.vehicle_seats, fuel });
}

function addTrip(app: FastifyInstance, pool: pg.Pool): void {
  const schema = { response: { 200: answers.trip } };
  app.get<{ Params: { id: string } }>("/api/v1/trips/:id", { schema }, async (request, reply) => {
    const { id } = request.params;
    const [trip] = isUuid(id) ? await rows<TripRow>(pool, "trip", tripSql, [id]) : [];
    if (!trip || !isPublic(trip)) return reply.callNotFound();
    return viewOf(trip);
  });
}

function addSearch(app: FastifyInstance, pool: pg.Pool, search: Search): void {
  const schema = { response: { 200: answers.searchPage } };
  app.get<{ Querystring: Asked }>("/api/v1/trips/search", { schema }, async (request) => {
    const values = search.values(question(request.query));
    return searchPage(await rows<FoundRow>(pool, search.name, search.sql, values));
  });
}

function addPlaces(app: FastifyInstance, pool: pg.Pool): void {
  const schema = { response: { 200: answers.placesPage } };
  app.get<{ Querystring: Asked }>("/api/v1/places", { schema }, async (request) => {
    return placesPage(await rows<PlaceRow>(pool, "places", placesSql, placesValues(request.query)));
  });
}

await serve(async (port) => {
  const app = Fastify({ keepAliveTimeout: 75_000 });
  const pool = openPool();
  const monitor = new HealthMonitor(() => pool.query("select 1"));
  await monitor.watch();
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof BadQuestion ? 422 : ((error as { statusCode?: number }).statusCode ?? 500);
    return reply.code(status).send({ status, code: error instanceof Error ? error.message : "internal" });
  });
  app.get("/api/v1/health", { schema: { response: { 200: answers.health } } }, async () => monitor.now());
  addTrip(app, pool);
  addSearch(app, pool, chosenSearch());
  addPlaces(app, pool);
  await app.listen({ port, host });
  return (app.server.address() as { port: number }).port;
});
