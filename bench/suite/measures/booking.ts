// Passengers book: seats held, ledger and outbox written, the answer kept under its key. In turns with pgbench, which sends
// the same statements to the same database, on the same rows, over as many connections. What the outbox costs PostgreSQL
// meanwhile, of which pgbench does nothing, is told apart.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loadOutcome, only, runLoad } from "../load/generator.ts";
import { cpuSeconds } from "../machine/processes.ts";
import { type Bench, type Experiment, inRounds } from "../measure.ts";
import { type Figure, figuresOf, merge, type Outcome, outcomeOf } from "../model.ts";
import { pgbenchBookings, sharedBooking } from "../requests/writings.ts";
import { plainEnvironment, runLogged } from "../subjects/program.ts";
import { withServer } from "../subjects/servers.ts";
import { signer } from "../token.ts";
import { World } from "../world/world.ts";

const clients = 16;
const mostBookingsPerSecond = 5_000;

type Work = Record<string, number>;

/** PostgreSQL's processor time in seconds so far, since each connection is a process: of those that are open, by the name their
 * application gave; of the server's own (writer of the log, checkpointer, …) together as "server". */
async function workSoFar(world: World): Promise<Work> {
  const rows = await world.query<{ pid: number; name: string }>(`
    select pid, case backend_type when 'client backend' then application_name else 'server' end as name
    from pg_stat_activity where pid <> pg_backend_pid() and (datname = current_database() or datname is null)`);
  const work: Work = {};
  for (const { pid, name } of rows) work[name] = (work[name] ?? 0) + cpuSeconds(pid);
  return work;
}

/** Their time between the two moments. Pools of a busy service are open by then and stay open. */
async function workBetween(world: World, afterSeconds: number, seconds: number): Promise<Work> {
  await pause(afterSeconds * 1000);
  const before = await workSoFar(world);
  await pause(seconds * 1000);
  const after = await workSoFar(world);
  return Object.fromEntries(Object.entries(after).map(([name, time]) => [name, Math.max(0, time - (before[name] ?? 0))]));
}

/** The names are application_name of app/thread_platform.cpp and app/job_thread.cpp. */
function shares({ figures }: Outcome, trips: number, work: Work, seconds: number): Figure[] {
  const rate = figures.find(({ metric }) => metric === "throughput")?.samples[0] ?? 0;
  const figure = (what: string, name: string): Figure => {
    const each = rate > 0 ? ((work[name] ?? 0) / seconds / rate) * 1e6 : 0;
    return figuresOf("safargo", trips)(`cpu of PostgreSQL a request, ${what}`, "us", each);
  };
  return [figure("booking itself", "safargo-api"), figure("outbox and jobs", "safargo-jobs"), figure("server", "server")];
}

/** What the last seconds left behind; a dispatcher that does not keep up would make the figures better than they are, and one
 * that sends nothing did not do the same work. */
async function unsent(world: World): Promise<string> {
  const [row] = await world.query<{ unsent: number; all: number }>("select count(*) filter (where sent_at is null) as unsent, count(*) as all from outbox");
  const { unsent: left = 0, all = 0 } = row ?? {};
  if (left === all) throw new Error(`none of ${all} outbox rows was sent while the load ran`);
  return `${left} of ${all} outbox rows were unsent when the load ended`;
}

async function bookAt(bench: Bench, world: World, round: number): Promise<Outcome> {
  const { warmup, measured } = bench.pace;
  const count = Math.ceil(mostBookingsPerSecond * (warmup + measured));
  const sign = signer(bench.secret);
  // prepare_booking.sql gives a session its passenger's id
  const token = (id: string): string => sign({ user: id, session: id });
  const requests = Array.from({ length: count }, (_, i) => sharedBooking((round - 1) * count + i, token));
  const plan = { load: { kind: "closed", connections: clients }, mix: only("booking", requests, "once") } as const;
  return withServer(
    bench.safargo,
    world.url,
    async (running) => {
      const watched = workBetween(world, warmup, measured);
      const outcome = loadOutcome("safargo", world.trips, await runLoad(bench, running, `booking-${round}`, plan));
      outcome.figures.push(...shares(outcome, world.trips, await watched, measured));
      outcome.notes.push(`round ${round}: ${await unsent(world)}`);
      return outcome;
    },
    { DB_POOL_SIZE: String(clients) },
  );
}

/** Neither side finds what the other left to be done: effects not yet sent, pages not yet written. */
async function settle(world: World): Promise<void> {
  await world.query("truncate outbox");
  await world.query("checkpoint");
}

/** Transactions a second and their mean latency in milliseconds, without the time to connect. */
export function parsePgbench(output: string): { tps: number; latency: number; failed: number } {
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? NaN);
  const tps = number(/^tps = ([\d.]+)/m);
  const latency = number(/^latency average = ([\d.]+) ms/m);
  if (Number.isNaN(tps + latency)) throw new Error(`pgbench said no tps: ${output.slice(-400)}`);
  return { tps, latency, failed: number(/^number of failed transactions: (\d+)/m) || 0 };
}

function runScript({ root, logs }: Bench, program: string, args: string[], script: string): Promise<string> {
  const file = join(root, "bench/pgbench", script);
  return runLogged({ program, args: ["-f", file, ...args], env: plainEnvironment() }, join(logs, `${program}-${script}.log`));
}

/** The statements of a booking and nothing else: what is left of it when there is no server around it. `first` is the number each
 * client begins to count with (n of booking.sql). */
async function runPgbench(bench: Bench, world: World, first: number): Promise<Figure[]> {
  await settle(world);
  const seconds = Math.ceil(bench.pace.warmup + bench.pace.measured);
  const numbers = ["-c", String(clients), "-j", "2", "-T", String(seconds), "-D", `clients=${clients}`, "-D", `n=${first}`];
  const before = { at: performance.now(), postgres: cpuSeconds(world.cluster.pid) };
  const output = await runScript(bench, "pgbench", ["-n", "-M", "prepared", ...numbers, world.url], "booking.sql");
  const postgres = (cpuSeconds(world.cluster.pid) - before.postgres) / ((performance.now() - before.at) / 1000);
  const { tps, latency, failed } = parsePgbench(output);
  const figure = figuresOf("pgbench", world.trips);
  return [
    figure("throughput", "req/s", tps),
    figure("mean", "ms", latency),
    figure("errors", "count", failed),
    figure("cpu of PostgreSQL", "CPU", postgres),
    figure("cpu of PostgreSQL a request", "us", tps > 0 ? (postgres / tps) * 1e6 : 0),
  ];
}

/** The same beside a SafarGo without requests: its jobs send what pgbench leaves in the outbox, and its search
 * follows the trips, as they do for bookings of its own. */
function runAccompanied(bench: Bench, world: World, first: number): Promise<Outcome> {
  return withServer(bench.safargo, world.url, async () => {
    const figures = await runPgbench(bench, world, first);
    return outcomeOf({
      figures: figures.map((figure) => ({ ...figure, subject: "pgbench+jobs" })),
      notes: [`pgbench+jobs: ${await unsent(world)}`],
    });
  });
}

async function turns(bench: Bench, world: World): Promise<Outcome> {
  const bookingsOfClient = Math.floor(pgbenchBookings / clients / bench.options.rounds);
  const outcome = await inRounds(bench, "booking", async (round) => {
    await settle(world);
    const found = await bookAt(bench, world, round);
    const first = (round - 1) * bookingsOfClient;
    merge(found, outcomeOf({ figures: await runPgbench(bench, world, first) }));
    merge(found, await runAccompanied(bench, world, first + Math.floor(bookingsOfClient / 2)));
    return found;
  });
  outcome.notes.push(
    `SafarGo's HTTP threads have ${clients} connections together (DB_POOL_SIZE), as pgbench has, and not the usual ten`,
    "SafarGo also sends the messages of these bookings meanwhile (outbox), on connections of its jobs; pgbench leaves them; pgbench+jobs is pgbench beside a SafarGo that sends them. The outbox is emptied and a checkpoint made before each turn",
  );
  return outcome;
}

export const bookingMeasure: Experiment = {
  kind: "writes",
  name: "booking",
  what: "POST /bookings, cash, with Idempotency-Key; pgbench runs bench/pgbench/booking.sql on the same rows",
  load: `${clients} connections, closed loop; as many to PostgreSQL`,
  subjects: "SafarGo, pgbench, pgbench with SafarGo's jobs beside it",
  run: async (bench) => {
    const { cluster, trips, seed } = bench.world;
    // Apart, since so many trips between the same towns would distort the searches; kept, since they take a while to create.
    bench.say("booking  rows of pgbench");
    await World.derive(bench.world, "world_booking", async (world) => {
      await runScript(bench, "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", world.url], "prepare_booking.sql");
    });
    const apart = await World.copyOf(cluster, trips, seed, "bench_booking", "world_booking");
    try {
      return await turns(bench, apart);
    } finally {
      await apart.drop();
    }
  },
};
