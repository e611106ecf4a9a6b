// Makes and deals out what the writing measures need (writers.sql, requests/writings.ts).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BookingPool, booking, publication, publicationCapacity, type Publisher } from "../requests/writings.ts";
import type { Request } from "../requests/request.ts";
import { type Holder, type Sign, signer } from "../token.ts";
import type { World } from "./world.ts";

const seats = 8;
const mostSlots = 160; // of four hours, the last of them 27 days ahead
const probers = 12; // drivers apart from those the load writes for

export interface Wanted {
  bookings: number;
  publications: number;
}

/** Enough trips in a slot that neighbours do not wait for each other's row, and no more slots than a month has. */
export function sizesFor({ bookings, publications }: Wanted) {
  const trips = Math.ceil(bookings / seats);
  const perSlot = Math.max(100, Math.ceil(trips / mostSlots));
  const publishers = Math.max(100, Math.ceil(publications / publicationCapacity(1)));
  return { perSlot, slots: Math.max(1, Math.ceil(trips / perSlot)), publishers };
}

type PersonRow = Record<"user_id" | "session_id", string>;

function holder({ user_id, session_id }: PersonRow): Holder {
  return { user: user_id, session: session_id };
}

/** What it deals out was never dealt out before. */
export interface WritePool {
  bookings(count: number): Request[];
  publications(count: number): Request[];
  /** A trip between two points of the caller's choice. */
  probe(stops: Publisher["stops"]): Request;
}

async function readBookingPool(world: World, perSlot: number): Promise<BookingPool> {
  const passengers = await world.query<PersonRow>("select user_id, session_id from bench.people where kind = 'passenger' order by n");
  const trips = await world.query<{ trip_id: string }>("select trip_id from bench.bookable order by slot, host");
  return { passengers: passengers.map(holder), trips: trips.map(({ trip_id }) => trip_id), perSlot, seats };
}

async function readPublishers(world: World): Promise<Publisher[]> {
  const rows = await world.query<PersonRow & Pick<Publisher, "vehicle" | "stops">>(`
    select p.user_id, p.session_id, v.id as vehicle, (
        select json_agg(json_build_object('lat', j.stop_lats[i], 'lng', j.stop_lngs[i], 'label', j.stop_labels[i], 'price', j.stop_prices[i]) order by i)
        from generate_subscripts(j.stop_lats, 1) as i) as stops
    from bench.people p join vehicles v on v.driver_id = p.user_id
    join bench.journeys j on j.n = 1 + (p.n * 104729) % (select count(*) from bench.journeys)
    where p.kind = 'publisher' order by p.n`);
  return rows.map((row) => ({ ...holder(row), vehicle: row.vehicle, stops: row.stops }));
}

export async function prepareWriters(world: World, secret: string, wanted: Wanted, run: string): Promise<WritePool> {
  const { perSlot, slots, publishers } = sizesFor(wanted);
  const numbers: Record<string, number> = { per_slot: perSlot, slots, publishers: publishers + probers };
  const template = readFileSync(join(import.meta.dirname, "writers.sql"), "utf8");
  await world.query(template.replace(/\{(\w+)\}/g, (whole, name: string) => String(numbers[name] ?? whole)));
  const pool = await readBookingPool(world, perSlot);
  const drivers = await readPublishers(world);
  const loaded = drivers.slice(0, -probers);
  const today = new Date().toISOString().slice(0, 10);
  const deal = (make: (number: number, sign: Sign) => Request): ((count: number) => Request[]) => {
    let next = 0;
    return (count) => {
      const sign = signer(secret);
      return Array.from({ length: count }, () => make(next++, sign));
    };
  };
  let probed = 0;
  return {
    bookings: deal((number, sign) => booking(pool, number, run, sign)),
    publications: deal((number, sign) => publication(loaded, number, today, run, sign)),
    probe: (stops) => {
      const anywhere = drivers.slice(-probers).map((prober) => ({ ...prober, stops }));
      return publication(anywhere, probed++, today, `${run}-probe`, signer(secret));
    },
  };
}
