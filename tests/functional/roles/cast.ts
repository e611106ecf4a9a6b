// Who calls the routes: one person per role, and new ones for what changes a person permanently.
import type { Api } from "../harness/api.ts";
import type { Database } from "../harness/database.ts";
import { becomeDriver, type Booking, book, type Driver, publishTrip, type NewBooking, type NewTrip, type Trip } from "../harness/journeys.ts";
import { type Person, signIn } from "../harness/people.ts";

export const roles = ["anonymous", "stranger", "passenger", "driver", "moderator", "admin", "suspended"] as const;
export type Role = (typeof roles)[number];
export type Member = Exclude<Role, "anonymous">;

async function giveRole(database: Database, person: Person, role: Member): Promise<Person> {
  if (role === "moderator" || role === "admin") {
    await database.query("update users set role = $2 where id = $1", person.id, role);
  }
  if (role === "suspended") await database.query("update users set status = 'suspended' where id = $1", person.id);
  if (role !== "driver") return person;
  // Confirmed by their documents: this driver may offer women-only trips.
  await database.query("update users set gender = 'female', gender_confirmed_at = now() where id = $1", person.id);
  return becomeDriver(person);
}

/** The people of the table, and what the rows need. */
export class Cast {
  readonly api: Api;
  readonly database: Database;
  readonly #members: Map<Member, Person>;

  private constructor(api: Api, database: Database, members: Map<Member, Person>) {
    this.api = api;
    this.database = database;
    this.#members = members;
  }

  static async gather(api: Api, database: Database): Promise<Cast> {
    const members = roles.filter((role) => role !== "anonymous");
    const people = await Promise.all(
      members.map(async (role) => [role, await giveRole(database, await signIn(api, { name: role }), role)] as const),
    );
    return new Cast(api, database, new Map(people));
  }

  member(role: Member): Person {
    return this.#members.get(role) as Person;
  }

  get driver(): Driver {
    return this.member("driver") as Driver;
  }

  get passenger(): Person {
    return this.member("passenger");
  }

  /** A new person of this role. */
  async another(role: Role): Promise<Person> {
    const person = await signIn(this.api);
    return role === "anonymous" ? person : giveRole(this.database, person, role);
  }

  /** A trip of the driver. Earlier ones end first, so that they neither overlap nor count for the day. */
  async trip(wanted: Partial<NewTrip> = {}): Promise<Trip> {
    const over = "update bookings set status = 'cancelled_by_admin' where status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')";
    await this.database.query(over);
    await this.database.query("update trips set status = 'cancelled' where status <> 'draft'");
    return publishTrip(this.driver, wanted);
  }

  /** A booking of the passenger with the driver. */
  async booking(trip: Partial<NewTrip> = {}, wanted: Partial<NewBooking> = {}): Promise<Booking> {
    return book(this.passenger, await this.trip(trip), wanted);
  }

  async boarded(): Promise<Booking> {
    const booking = await this.booking();
    const pin = booking.boarding?.pin;
    const answer = await this.driver.send("POST", `/bookings/${booking.id}/board`, { body: { pin } });
    if (answer.status !== 200) throw new Error(`boarding: ${answer.brief}`);
    return booking;
  }
}
