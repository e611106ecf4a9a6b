// The peer "Fastify + pg": hand-written SQL in named (prepared) statements, compiled response shapes, no logger, no ORM.
import Fastify, { type FastifyInstance } from "fastify";
import pg from "pg";
import { type Asked, BadQuestion, isUuid, question } from "../common/asked.ts";
import { type Search, btreeSearch, gistSearch } from "../common/search_sql.ts";
import { host, monitor, required, serve, sessionOptions } from "../common/serving.ts";
import { type DriverColumns, type FoundRow, isPublic, type PlaceRow, placesPage, placesSql, placesValues } from "../common/views.ts";
import { searchPage, type TripColumns, tripView, type VehicleColumns } from "../common/views.ts";
import * as answers from "./answers.ts";

/** The statement that SafarGo sends (features/trips/reader.cpp) for anonymous callers. */
const tripSql = `
  select t.id, t.driver_id, t.vehicle_id, t.status, t.stop_lats, t.stop_lngs, t.stop_labels, t.stop_communes,
         t.stop_times, t.stop_prices, t.seats, t.leg_seats_left, t.booking_mode, t.smoking, t.pets, t.music, t.talk,
         t.luggage, t.max_two_back, t.women_only, t.note, t.place_id, t.itinerary_id, t.return_trip_id, t.distance_m,
         t.duration_s, t.polyline, t.version, t.created_at,
         u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null as verified,
         u.response_seconds_sum, u.response_count,
         v.make, v.model, v.year, v.colour, v.seats as vehicle_seats, v.fuel
  from trips t join users u on u.id = t.driver_id join vehicles v on v.id = t.vehicle_id
  where t.id = $1`;

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

function viewOf(row: TripRow) {
  const { make, model, year, colour, fuel } = row;
  return tripView(row, row, { make, model, year, colour, seats: row.vehicle_seats, fuel });
}

function addReads(app: FastifyInstance, pool: pg.Pool, search: Search): void {
  const rows = async <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    (await pool.query<Row>({ name, text, values })).rows;
  const answering = (schema: object) => ({ schema: { response: { 200: schema } } });
  app.get<{ Params: { id: string } }>("/api/v1/trips/:id", answering(answers.trip), async ({ params: { id } }, reply) => {
    const [trip] = isUuid(id) ? await rows<TripRow>("trip", tripSql, [id]) : [];
    return trip && isPublic(trip) ? viewOf(trip) : reply.callNotFound();
  });
  app.get<{ Querystring: Asked }>("/api/v1/trips/search", answering(answers.searchPage), async ({ query }) =>
    searchPage(await rows<FoundRow>(search.name, search.sql, search.values(question(query)))),
  );
  app.get<{ Querystring: Asked }>("/api/v1/places", answering(answers.placesPage), async ({ query }) =>
    placesPage(await rows<PlaceRow>("places", placesSql, placesValues(query))),
  );
}

await serve(async (port) => {
  const app = Fastify({ keepAliveTimeout: 75_000 });
  const pool = openPool();
  const health = await monitor(() => pool.query("select 1"));
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof BadQuestion ? 422 : ((error as { statusCode?: number }).statusCode ?? 500);
    return reply.code(status).send({ status, code: error instanceof Error ? error.message : "internal" });
  });
  app.get("/api/v1/health", { schema: { response: { 200: answers.health } } }, async () => health());
  addReads(app, pool, chosenSearch());
  await app.listen({ port, host });
  return (app.server.address() as { port: number }).port;
});
