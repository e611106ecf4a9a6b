// Passengers book: seats held, ledger and outbox written, the answer kept under its key. In turns with pgbench, which sends
// the same statements to the same database.
import { runLoad } from "../load/generator.ts";
import { outcomeOf } from "../load/report.ts";
import type { Bench, Experiment } from "../measure.ts";
import { emptyOutcome, merge, type Outcome } from "../model.ts";
import { Pgbench } from "../subjects/pgbench.ts";
import type { WritePool } from "../world/writers.ts";

const clients = 16;
export const mostBookingsPerSecond = 5_000;

async function bookAt(bench: Bench, pool: WritePool, round: number): Promise<Outcome> {
  const { warmup, measured } = bench.pace;
  const requests = pool.bookings(Math.ceil(mostBookingsPerSecond * (warmup + measured)));
  const running = await bench.safargo.start(bench.world.url);
  try {
    bench.say(`booking  round ${round}  safargo`);
    const loaded = await runLoad(bench.generator, `booking-${round}`, running, bench.world.cluster.pid, {
      load: { kind: "closed", connections: clients },
      warmupSeconds: warmup,
      seconds: measured,
      seed: bench.options.seed,
      mix: [{ name: "booking", weight: 1, requests, order: "once" }],
    });
    return outcomeOf("safargo", bench.world.trips, loaded);
  } finally {
    await running.stop();
  }
}

export const bookingMeasure: Experiment = {
  kind: "experiment",
  name: "booking",
  what: "POST /bookings, cash, with Idempotency-Key; pgbench runs bench/pgbench/booking.sql",
  load: `${clients} connections, closed loop`,
  subjects: "SafarGo, pgbench",
  writes: true,
  run: async (bench) => {
    const outcome = emptyOutcome();
    const pool = await bench.pool();
    const pgbench = new Pgbench(bench.root, bench.logs);
    const prepared = await pgbench.prepare(bench.world, "prepare_booking.sql").then(
      () => true,
      (error: Error) => {
        outcome.troubles.push(error.message);
        return false;
      },
    );
    for (let round = 1; round <= bench.options.rounds; round += 1) {
      merge(outcome, await bookAt(bench, pool, round));
      if (!prepared) continue;
      bench.say(`booking  round ${round}  pgbench`);
      const seconds = Math.ceil(bench.pace.warmup + bench.pace.measured);
      const figures = await pgbench.run(bench.world, "booking.sql", clients, seconds);
      merge(outcome, { ...emptyOutcome(), figures });
    }
    return outcome;
  },
};
