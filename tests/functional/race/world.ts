// Two replicas on a PostgreSQL that may be crashed, people who outlive the rounds, and trips that none of them has booked.
import type { Api } from "../harness/api.ts";
import { Database } from "../harness/database.ts";
import { type Driver, good, newDriver, publishTrip, type Trip } from "../harness/journeys.ts";
import { type Person, signIn } from "../harness/people.ts";
import { ThrowawayPostgres } from "../harness/postgres.ts";
import { eventually } from "../harness/waiting.ts";
import { startApi, startWorld } from "../harness/world.ts";
import type { Mode, Shape } from "./plan.ts";

const renewAfter = 8 * 60_000; // ms; an access token lives 15 minutes
const atOnce = 40; // people who sign in together
const firstDay = 2;
const lastDay = 86; // trips may be published 90 days ahead
const hours = [6, 15]; // UTC, of departures: no trip lasts until the next
const day = 86_400_000;

async function inGroups<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) {
    made.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, count - made.length) }, make))));
  }
  return made;
}

export class RaceWorld {
  readonly server: ThrowawayPostgres;
  readonly database: Database;
  readonly replicas: [Api, Api];
  readonly people: Person[];
  #drivers: Driver[];
  #departures = 0;
  #renewed = performance.now();

  private constructor(server: ThrowawayPostgres, database: Database, replicas: [Api, Api], people: Person[], drivers: Driver[]) {
    this.server = server;
    this.database = database;
    this.replicas = replicas;
    this.people = people;
    this.#drivers = drivers;
  }

  static async create(people: number): Promise<RaceWorld> {
    const server = await ThrowawayPostgres.create();
    const { api, database } = await startWorld({ server: server.url });
    const other = await startApi(database);
    const signedIn = await inGroups(people, () => signIn(api));
    return new RaceWorld(server, database, [api, other], signedIn, [await newDriver(api), await newDriver(api)]);
  }

  driverOf(trip: { driver: { id: string } }): Driver {
    const found = this.#drivers.find(({ id }) => id === trip.driver.id);
    if (!found) throw new Error(`no driver ${trip.driver.id}`);
    return found;
  }

  /** Trips of different drivers at the same time, at which none of the people travels yet. */
  async publish(shape: Shape, modes: Mode[]): Promise<Trip[]> {
    const days = lastDay - firstDay;
    const turn = this.#departures % (days * hours.length);
    if (this.#departures > 0 && turn === 0) this.#drivers = await inGroups(2, () => newDriver(this.replicas[0]));
    this.#departures += 1;
    const midnight = Math.floor(Date.now() / day) * day + (firstDay + Math.floor(turn / hours.length)) * day;
    const departure = midnight + (hours[turn % hours.length] as number) * 3_600_000;
    const offered = modes.map((booking_mode, index) =>
      publishTrip(this.#drivers[index] as Driver, {
        departure_at: new Date(departure + index * 1_800_000).toISOString(),
        seats: shape.seats,
        stops: shape.stops,
        booking_mode,
      }),
    );
    return Promise.all(offered);
  }

  /** Trips that a test leaves open would block its people when the days start over. */
  async cancelOpenTrips(): Promise<void> {
    const open = await this.database.query<{ id: string; driver: string }>("select id, driver_id as driver from trips where status = 'open'");
    for (const { id, driver } of open) {
      const { client } = this.driverOf({ driver: { id: driver } });
      await good(client.POST("/trips/{id}/cancel", { params: { path: { id } } }));
    }
  }

  /** No token expires in the middle of a round. */
  async keepSignedIn(): Promise<void> {
    if (performance.now() - this.#renewed < renewAfter) return;
    // After a crash the pools may still be connecting: requests answered 503 are retried, as an app does.
    await Promise.all([...this.people, ...this.#drivers].map((person) => eventually("they stay signed in", () => person.renew().then(() => true))));
    this.#renewed = performance.now();
  }
}
