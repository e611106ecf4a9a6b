// Passengers book: seats held, ledger and outbox written, the answer kept under its key. In turns with pgbench, which sends
// the same statements to the same database, on the same rows.
import { runLoad } from "../load/generator.ts";
import { outcomeOf } from "../load/report.ts";
import type { Bench, Experiment } from "../measure.ts";
import { emptyOutcome, merge, type Outcome } from "../model.ts";
import { pgbenchBookings, sharedBooking } from "../requests/shared_bookings.ts";
import { Pgbench } from "../subjects/pgbench.ts";
import { signer } from "../token.ts";
import { World } from "../world/world.ts";

const clients = 16;
const mostBookingsPerSecond = 5_000;

async function bookAt(bench: Bench, world: World, round: number): Promise<Outcome> {
  const { warmup, measured } = bench.pace;
  const count = Math.ceil(mostBookingsPerSecond * (warmup + measured));
  const sign = signer(bench.secret);
  // prepare_booking.sql gives a session its passenger's id
  const token = (id: string): string => sign({ user: id, session: id });
  const requests = Array.from({ length: count }, (_, i) => sharedBooking((round - 1) * count + i, token));
  const running = await bench.safargo.start(world.url);
  try {
    bench.say(`booking  round ${round}  safargo`);
    const loaded = await runLoad(bench.generator, `booking-${round}`, running, world.cluster.pid, {
      load: { kind: "closed", connections: clients },
      warmupSeconds: warmup,
      seconds: measured,
      seed: bench.options.seed,
      mix: [{ name: "booking", weight: 1, requests, order: "once" }],
    });
    return outcomeOf("safargo", world.trips, loaded);
  } finally {
    await running.stop();
  }
}

/** Neither side finds what the other left to be done: effects not yet sent, pages not yet written. */
async function settle(world: World): Promise<void> {
  await world.run("truncate outbox");
  await world.run("checkpoint");
}

async function turns(bench: Bench, world: World, pgbench: Pgbench): Promise<Outcome> {
  const outcome = emptyOutcome();
  const { rounds } = bench.options;
  const seconds = Math.ceil(bench.pace.warmup + bench.pace.measured);
  const bookingsOfClient = Math.floor(pgbenchBookings / clients / rounds);
  for (let round = 1; round <= rounds; round += 1) {
    await settle(world);
    merge(outcome, await bookAt(bench, world, round));
    await settle(world);
    bench.say(`booking  round ${round}  pgbench`);
    const figures = await pgbench.run(world, { script: "booking.sql", clients, seconds, firstOfClient: (round - 1) * bookingsOfClient });
    merge(outcome, { ...emptyOutcome(), figures });
  }
  outcome.notes.push("SafarGo also sends the messages of these bookings meanwhile (outbox); pgbench leaves them. The outbox is emptied and a checkpoint made before each turn");
  return outcome;
}

export const bookingMeasure: Experiment = {
  kind: "experiment",
  name: "booking",
  what: "POST /bookings, cash, with Idempotency-Key; pgbench runs bench/pgbench/booking.sql on the same rows",
  load: `${clients} connections, closed loop`,
  subjects: "SafarGo, pgbench",
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
