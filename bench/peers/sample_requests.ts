// Requests for check.ts, drawn from a database: node bench/peers/sample_requests.ts COUNT SEED > requests.jsonl
// (DATABASE_URL): COUNT searches, a third as many trips and places.
import pg from "pg";

interface Stops {
  id: string;
  stop_lats: number[];
  stop_lngs: number[];
  day: string;
}

const [count = 300, seed = 1] = process.argv.slice(2).map(Number);

// mulberry32: small, and the same everywhere
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(seed);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <Item>(items: readonly Item[]) => items[below(items.length)] as Item;

/** On a stop, or up to some 50 km beside it. */
function near(trip: Stops, stop: number): string {
  const spread = random() < 0.4 ? 0 : random();
  const aside = () => (random() - 0.5) * spread;
  const lat = (trip.stop_lats.at(stop) as number) + aside();
  const lng = (trip.stop_lngs.at(stop) as number) + aside();
  return `${lat.toFixed(5)},${lng.toFixed(5)}`;
}

/** Along a trip that exists, or between two that have nothing in common. */
function search(trips: Stops[]): string {
  const trip = pick(trips);
  const other = random() < 0.2 ? pick(trips) : trip;
  const asked = new URLSearchParams({ from: near(trip, 0), to: near(other, -1) });
  if (random() < 0.85) asked.set("date", trip.day);
  if (random() < 0.9) asked.set("radius_km", String(random() < 0.2 ? 100 : 1 + below(100)));
  if (random() < 0.5) asked.set("seats", String(1 + below(4)));
  return `/api/v1/trips/search?${asked}`.replaceAll("%2C", ",");
}

function places(): string {
  const filters = ["", "type=beach", "type=museum&limit=100", "wilaya=16", "type=heritage&sort=rating", "sort=name"];
  const around = `near=${(36 + random()).toFixed(4)},${(random() * 6).toFixed(4)}`;
  const boxes = ["bbox=35,-2,37,4", `${around}&radius_km=${1 + below(500)}`, `${around}&type=park`];
  return `/api/v1/places?${pick([...filters, ...boxes])}`;
}

const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
await client.connect();
// A day ahead: what departs between two questions would make a difference that is none.
const { rows } = await client.query<Stops>(
  `select id, stop_lats, stop_lngs, local_day::text as day from trips
   where status = 'open' and date_time > now() + interval '1 day' order by md5(id::text || $1) limit 5000`,
  [seed],
);
await client.end();
if (rows.length === 0) throw new Error("there are no open trips");
const few = Math.ceil(count / 3);
const paths = [
  "/api/v1/health",
  "/api/v1/trips/00000000-0000-7000-8000-000000000000",
  ...Array.from({ length: count }, () => search(rows)),
  ...Array.from({ length: few }, () => `/api/v1/trips/${pick(rows).id}`),
  ...Array.from({ length: few }, places),
];
for (const path of paths) console.log(JSON.stringify({ method: "GET", path }));
