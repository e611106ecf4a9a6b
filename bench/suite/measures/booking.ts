// Passengers book: seats held, ledger and outbox written, the answer kept under its key. In turns with pgbench, which sends
// the same statements to the same database, on the same rows, over as many connections. What the outbox costs PostgreSQL
// meanwhile, of which pgbench does nothing, is told apart.
import { runLoad } from "../load/generator.ts";
import { type Work, workBetween } from "../machine/backends.ts";
import { outcomeOf } from "../load/report.ts";
import type { Bench, Experiment } from "../measure.ts";
import { emptyOutcome, type Figure, merge, type Outcome } from "../model.ts";
import { pgbenchBookings, sharedBooking } from "../requests/shared_bookings.ts";
import { Pgbench } from "../subjects/pgbench.ts";
import { signer } from "../token.ts";
import { World } from "../world/world.ts";

const clients = 16;
const mostBookingsPerSecond = 5_000;

/** The names are application_name of app/thread_platform.cpp and app/job_thread.cpp. */
function shares(outcome: Outcome, trips: number, work: Work, seconds: number): Figure[] {
  const rate = outcome.figures.find(({ metric }) => metric === "throughput")?.samples[0] ?? 0;
  const figure = (what: string, name: string): Figure => ({
    subject: "safargo",
    trips,
    metric: `cpu of PostgreSQL a request, ${what}`,
    unit: "us",
    samples: [rate > 0 ? ((work[name] ?? 0) / seconds / rate) * 1e6 : 0],
  });
  return [figure("booking itself", "safargo-api"), figure("outbox and jobs", "safargo-jobs"), figure("server", "server")];
}

/** What the last seconds left behind; a dispatcher that does not keep up would make the figures better than they are, and one
 * that sends nothing did not do the same work. */
async function unsent(world: World): Promise<string> {
  const [row] = await world.query<{ unsent: number; all: number }>("select count(*) filter (where sent_at is null) as unsent, count(*) as all from outbox");
  const { unsent, all } = row ?? { unsent: 0, all: 0 };
  if (Number(unsent) === Number(all)) throw new Error(`none of ${all} outbox rows was sent while the load ran`);
  return `${unsent} of ${all} outbox rows were unsent when the load ended`;
}

async function bookAt(bench: Bench, world: World, round: number): Promise<Outcome> {
  const { warmup, measured } = bench.pace;
  const count = Math.ceil(mostBookingsPerSecond * (warmup + measured));
  const sign = signer(bench.secret);
  // prepare_booking.sql gives a session its passenger's id
  const token = (id: string): string => sign({ user: id, session: id });
  const requests = Array.from({ length: count }, (_, i) => sharedBooking((round - 1) * count + i, token));
  const running = await bench.safargo.start(world.url, { DB_POOL_SIZE: String(clients) });
  try {
    bench.say(`booking  round ${round}  safargo`);
    const watched = workBetween(world, warmup, measured);
    const loaded = await runLoad(bench.generator, `booking-${round}`, running, world.cluster.pid, {
      load: { kind: "closed", connections: clients },
      warmupSeconds: warmup,
      seconds: measured,
      seed: bench.options.seed,
      mix: [{ name: "booking", weight: 1, requests, order: "once" }],
    });
    const outcome = outcomeOf("safargo", world.trips, loaded);
    outcome.figures.push(...shares(outcome, world.trips, await watched, measured));
    outcome.notes.push(`round ${round}: ${await unsent(world)}`);
    return outcome;
  } finally {
    await running.stop();
  }
}

/** Neither side finds what the other left to be done: effects not yet sent, pages not yet written. */
async function settle(world: World): Promise<void> {
  await world.run("truncate outbox");
  await world.run("checkpoint");
}

interface Turn {
  world: World;
  pgbench: Pgbench;
  seconds: number;
  /** The number each client of pgbench begins with. */
  first: number;
}

async function runPgbench({ world, pgbench, seconds, first }: Turn): Promise<Outcome> {
  await settle(world);
  return { ...emptyOutcome(), figures: await pgbench.run(world, { script: "booking.sql", clients, seconds, firstOfClient: first }) };
}

/** The same beside a SafarGo that nobody asks for anything: its jobs send what pgbench leaves in the outbox, and its search
 * follows the trips, as they do for bookings of its own. */
async function runAccompanied(bench: Bench, turn: Turn): Promise<Outcome> {
  const running = await bench.safargo.start(turn.world.url);
  try {
    const { figures } = await runPgbench(turn);
    return { ...emptyOutcome(), figures: figures.map((figure) => ({ ...figure, subject: "pgbench+jobs" })), notes: [`pgbench+jobs: ${await unsent(turn.world)}`] };
  } finally {
    await running.stop();
  }
}

async function turns(bench: Bench, world: World, pgbench: Pgbench): Promise<Outcome> {
  const outcome = emptyOutcome();
  const { rounds } = bench.options;
  const seconds = Math.ceil(bench.pace.warmup + bench.pace.measured);
  const bookingsOfClient = Math.floor(pgbenchBookings / clients / rounds);
  for (let round = 1; round <= rounds; round += 1) {
    await settle(world);
    merge(outcome, await bookAt(bench, world, round));
    const first = (round - 1) * bookingsOfClient;
    bench.say(`booking  round ${round}  pgbench`);
    merge(outcome, await runPgbench({ world, pgbench, seconds, first }));
    bench.say(`booking  round ${round}  pgbench+jobs`);
    merge(outcome, await runAccompanied(bench, { world, pgbench, seconds, first: first + Math.floor(bookingsOfClient / 2) }));
  }
  outcome.notes.push(`SafarGo's HTTP threads have ${clients} connections together (DB_POOL_SIZE), as pgbench has, and not the usual ten`);
  outcome.notes.push("SafarGo also sends the messages of these bookings meanwhile (outbox), on connections of its jobs; pgbench leaves them; pgbench+jobs is pgbench beside a SafarGo that sends them. The outbox is emptied and a checkpoint made before each turn");
  return outcome;
}

export const bookingMeasure: Experiment = {
  kind: "experiment",
  name: "booking",
  what: "POST /bookings, cash, with Idempotency-Key; pgbench runs bench/pgbench/booking.sql on the same rows",
  load: `${clients} connections, closed loop; as many to PostgreSQL`,
  subjects: "SafarGo, pgbench, pgbench with SafarGo's jobs beside it",
  writes: true,
  run: async (bench) => {
    const { cluster, trips, seed } = bench.world;
    const pgbench = new Pgbench(bench.root, bench.logs);
    // Apart, since so many trips between the same towns would crowd the searches; kept, since they take a while to make.
    bench.say("booking  rows of pgbench");
    await World.derive(bench.world, "world_booking", (world) => pgbench.prepare(world, "prepare_booking.sql"));
    const apart = await World.copyOf(cluster, trips, seed, "bench_booking", "world_booking");
    try {
      return await turns(bench, apart, pgbench);
    } finally {
      await apart.close();
    }
  },
};
