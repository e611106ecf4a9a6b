// Makes and deals out what the writing measures need (writers.sql, requests/writings.ts).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BookingPool, booking, bookingCapacity, publication, publicationCapacity, type Publisher } from "../requests/writings.ts";
import type { Request } from "../requests/request.ts";
import { type Holder, signer } from "../token.ts";
import type { World } from "./world.ts";

const seats = 8;
const mostSlots = 160; // of four hours, the last of them 27 days ahead
const probers = 12; // drivers apart from those the load writes for

export interface Wanted {
  bookings: number;
  publications: number;
}

export interface Sizes {
  perSlot: number;
  slots: number;
  publishers: number;
}

/** Enough trips in a slot that neighbours do not wait for each other's row, and no more slots than a month has. */
export function sizesFor({ bookings, publications }: Wanted): Sizes {
  const trips = Math.ceil(bookings / seats);
  const perSlot = Math.max(100, Math.ceil(trips / mostSlots));
  const publishers = Math.max(100, Math.ceil(publications / publicationCapacity(1)));
  return { perSlot, slots: Math.max(1, Math.ceil(trips / perSlot)), publishers };
}

interface PersonRow {
  user_id: string;
  session_id: string;
}

export class WritePool {
  readonly #bookings: BookingPool;
  readonly #publishers: Publisher[];
  readonly #probers: Publisher[];
  readonly #today: string;
  readonly #run: string;
  readonly #secret: string;
  #booked = 0;
  #published = 0;
  #probed = 0;

  private constructor(bookings: BookingPool, publishers: Publisher[], today: string, run: string, secret: string) {
    this.#bookings = bookings;
    this.#probers = publishers.slice(-probers);
    this.#publishers = publishers.slice(0, -probers);
    this.#today = today;
    this.#run = run;
    this.#secret = secret;
  }

  static async prepare(world: World, secret: string, wanted: Wanted, run: string): Promise<WritePool> {
    const sizes = sizesFor(wanted);
    const template = readFileSync(join(import.meta.dirname, "writers.sql"), "utf8");
    await world.query(
      template
        .replaceAll("{per_slot}", String(sizes.perSlot))
        .replaceAll("{slots}", String(sizes.slots))
        .replaceAll("{publishers}", String(sizes.publishers + probers)),
    );
    const writer = ({ user_id, session_id }: PersonRow): Holder => ({ user: user_id, session: session_id });
    const passengers = await world.query<PersonRow>("select user_id, session_id from bench.people where kind = 'passenger' order by n");
    const trips = await world.query<{ trip_id: string }>("select trip_id from bench.bookable order by slot, host");
    const publishers = await world.query<PersonRow & { vehicle: string; stops: Publisher["stops"] }>(`
      select p.user_id, p.session_id, v.id as vehicle, (
          select json_agg(json_build_object('lat', j.stop_lats[i], 'lng', j.stop_lngs[i], 'label', j.stop_labels[i], 'price', j.stop_prices[i]) order by i)
          from generate_subscripts(j.stop_lats, 1) as i) as stops
      from bench.people p join vehicles v on v.driver_id = p.user_id
      join bench.journeys j on j.n = 1 + (p.n * 104729) % (select count(*) from bench.journeys)
      where p.kind = 'publisher' order by p.n`);
    return new WritePool(
      { passengers: passengers.map(writer), trips: trips.map(({ trip_id }) => trip_id), perSlot: sizes.perSlot, seats },
      publishers.map((row) => ({ ...writer(row), vehicle: row.vehicle, stops: row.stops })),
      new Date().toISOString().slice(0, 10),
      run,
      secret,
    );
  }

  /** Never dealt out before. */
  bookings(count: number): Request[] {
    const first = this.#booked;
    this.#booked += count;
    const left = bookingCapacity(this.#bookings) - first;
    if (left < count) throw new Error(`${count} bookings are wanted, ${left} are left of those prepared`);
    const sign = signer(this.#secret);
    return Array.from({ length: count }, (_, i) => booking(this.#bookings, first + i, this.#run, sign));
  }

  publications(count: number): Request[] {
    const first = this.#published;
    this.#published += count;
    const sign = signer(this.#secret);
    return Array.from({ length: count }, (_, i) => publication(this.#publishers, first + i, this.#today, this.#run, sign));
  }

  /** A trip between two points of the caller's choice. */
  probe(stops: Publisher["stops"]): Request {
    const anywhere = this.#probers.map((prober) => ({ ...prober, stops }));
    this.#probed += 1;
    return publication(anywhere, this.#probed - 1, this.#today, `${this.#run}-probe`, signer(this.#secret));
  }
}
