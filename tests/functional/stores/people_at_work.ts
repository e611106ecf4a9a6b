// The traffic of the tests with real systems, and the proof that nothing of it was lost.
import assert from "node:assert/strict";
import type { Api } from "../harness/api.ts";
import type { Database } from "../harness/database.ts";
import { EventStream } from "../harness/event_stream.ts";
import type { Answer } from "../harness/http.ts";
import { type Booking, bookingOf, type Driver, morningAhead, newDriver, publishTrip, type Trip } from "../harness/journeys.ts";
import { newPhone, type Person, signIn } from "../harness/people.ts";
import { eventually } from "../harness/waiting.ts";
import type { Traffic } from "./traffic.ts";
import type { UploadsAtWork } from "./uploads_at_work.ts";

const seats = 8;
const days = 85; // of trips, one each: seats for eleven minutes

/** Spellings of one place, which must be found first whoever searches. */
const spellings = ["timgad", "Timgad", "تيمقاد"];

export class PeopleAtWork {
  readonly #database: Database;
  readonly #driver: Driver;
  readonly #trips: Trip[];
  readonly #passengers: Person[];
  readonly #writer: Person;
  readonly #phones: string[] = []; // to which a code was promised
  readonly #bookings: Booking[] = [];
  #streams: EventStream[] = []; // what the first passenger's open page is told, at each replica

  private constructor(database: Database, driver: Driver, trips: Trip[], passengers: Person[], writer: Person) {
    this.#database = database;
    this.#driver = driver;
    this.#trips = trips;
    this.#passengers = passengers;
    this.#writer = writer;
  }

  static async gather(api: Api, database: Database): Promise<PeopleAtWork> {
    const driver = await newDriver(api);
    const big = { make: "Renault", model: "Master", year: 2020, colour: "white", seats, plate: "777777-119-16", fuel: "diesel" } as const;
    const vehicle = await driver.client.POST("/vehicles", { body: big });
    assert.ok(vehicle.data);
    const trips: Trip[] = [];
    for (let day = 1; day <= days; day += 1) {
      trips.push(await publishTrip(driver, { vehicle_id: vehicle.data.id, seats, departure_at: morningAhead(24 * (day + 1)) }));
    }
    const passengers: Person[] = [];
    for (let seat = 0; seat < seats; seat += 1) passengers.push(await signIn(api));
    return new PeopleAtWork(database, driver, trips, passengers, await signIn(api));
  }

  async begin(traffic: Traffic, uploads: UploadsAtWork, replicas: readonly Api[]): Promise<void> {
    const [{ token }] = this.#passengers as [Person];
    this.#streams = await Promise.all(replicas.map((api) => EventStream.open(api, token)));
    traffic.keepAsking("search", 100, (api) => api.send("GET", "/api/v1/trips/search?from=36.7538,3.0588&to=35.6971,-0.6308"));
    traffic.keepAsking("places", 100, (api, turn) => this.#findPlace(api, turn));
    traffic.keepAsking("code", 250, (api) => this.#askForCode(api));
    traffic.keepAsking("booking", 1000, (api) => this.#book(api));
    traffic.keepAsking("profile", 250, (api, turn) => this.#editProfile(api, turn));
    traffic.keepAsking("upload", 400, (api, turn) => uploads.upload(api, turn));
  }

  /** A limit of its own for each request, so that no cache answers for the index. */
  async #findPlace(api: Api, turn: number): Promise<Answer> {
    const words = spellings[turn % spellings.length] as string;
    const answer = await api.send("GET", `/api/v1/places?q=${encodeURIComponent(words)}&limit=${1 + (turn % 100)}`);
    if (answer.status === 200) {
      const [first] = answer.json<{ items: { slug: string }[] }>().items;
      assert.equal(first?.slug, "timgad", `${words} on ${api.origin}`);
    }
    return answer;
  }

  async #askForCode(api: Api): Promise<Answer> {
    const phone = newPhone();
    const answer = await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier: phone } });
    if (answer.status === 202) this.#phones.push(phone);
    return answer;
  }

  /** A refused booking is sent again, with the same key, at the next turn. */
  async #book(api: Api): Promise<Answer> {
    const turn = this.#bookings.length;
    const passenger = this.#passengers[turn % seats] as Person;
    const trip = this.#trips[Math.floor(turn / seats)];
    assert.ok(trip, "more bookings than trips");
    const body = bookingOf(trip, { payment_method: "cash" });
    const answer = await api.send("POST", "/api/v1/bookings", { token: passenger.token, key: `ride-${turn}`, body });
    if (answer.status === 201) this.#bookings.push(answer.json<Booking>());
    return answer;
  }

  /** What was just written is read at once, from whichever replica this is. */
  async #editProfile(api: Api, turn: number): Promise<Answer> {
    const asked = { token: this.#writer.token };
    const bio = `Trajet ${turn}`;
    const written = await this.#writer.send("PATCH", "/users/me", { body: { bio } });
    if (written.status !== 200) return written;
    const read = await api.send("GET", "/api/v1/users/me", asked);
    if (read.status === 200) assert.equal(read.json<{ bio: string }>().bio, bio);
    return read;
  }

  /** Every promise was kept, once. */
  async checkNothingIsLost(): Promise<void> {
    const booked = this.#bookings.length;
    const passengers = this.#passengers.map((person) => person.id);
    const bookings = "from bookings where user_id = any($1)";
    assert.equal(await this.#database.value(`select count(*) ${bookings} and status = 'confirmed'`, passengers), booked);
    assert.equal(await this.#database.value(`select count(*) ${bookings}`, passengers), booked);
    const taken = "select coalesce(sum(seats - leg_seats_left[1]), 0)::bigint from trips where driver_id = $1";
    assert.equal(await this.#database.value(taken, this.#driver.id), booked);
    await this.#delivered("booking_taken", [this.#driver.identifier], booked);
    await this.#delivered("otp", this.#phones, this.#phones.length);
    await this.#told();
  }

  /** Each page heard of each booking, once. */
  async #told(): Promise<void> {
    const own = this.#bookings.filter((_, turn) => turn % seats === 0);
    assert.ok(own.length > 0);
    for (const stream of this.#streams) {
      for (const { id } of own) await stream.sees("confirmed", id);
      for (const { id } of own) assert.deepEqual(stream.about(id), ["confirmed"]);
      stream.close();
    }
  }

  async #delivered(template: string, to: string[], count: number): Promise<void> {
    const statement = "select count(*) from dev_messages where template = $1 and recipient = any($2)";
    await eventually(`${count} times ${template}`, async () => (await this.#database.value(statement, template, to)) === count, {
      seconds: 30,
    });
  }
}
