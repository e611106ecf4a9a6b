// pgbench sends the statements of one booking, as bench/pgbench/booking.sql has them, and does nothing else: what is left
// of a booking when there is no server around it.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cpuSeconds } from "../machine/processes.ts";
import type { Bench } from "../measure.ts";
import { type Figure, figuresOf } from "../model.ts";
import type { World } from "../world/world.ts";
import { plainEnvironment, runLogged } from "./program.ts";

/** Transactions a second and their mean latency in milliseconds, without the time to connect. */
export function parsePgbench(output: string): { tps: number; latency: number; failed: number } {
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? NaN);
  const tps = number(/^tps = ([\d.]+)/m);
  const latency = number(/^latency average = ([\d.]+) ms/m);
  if (Number.isNaN(tps + latency)) throw new Error(`pgbench said no tps: ${output.slice(-400)}`);
  return { tps, latency, failed: number(/^number of failed transactions: (\d+)/m) || 0 };
}

function run(program: string, args: string[], script: string, { root, logs }: Bench): Promise<string> {
  const file = join(root, "bench/pgbench", script);
  return runLogged({ program, args: ["-f", file, ...args], env: plainEnvironment() }, join(logs, `${program}-${script}.log`));
}

export async function runScript(world: World, script: string, bench: Bench): Promise<void> {
  await run("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", world.url], script, bench);
}

/** `first` is the number each client begins to count with (n of booking.sql). */
export async function bookByPgbench(world: World, clients: number, seconds: number, first: number, bench: Bench): Promise<Figure[]> {
  const numbers = ["-c", String(clients), "-j", "2", "-T", String(seconds), "-D", `clients=${clients}`, "-D", `n=${first}`];
  const before = { at: performance.now(), postgres: cpuSeconds(world.cluster.pid) };
  const output = await run("pgbench", ["-n", "-M", "prepared", ...numbers, world.url], "booking.sql", bench);
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

export type Work = Record<string, number>;

/** Seconds so far of the connections that are open, by the name their application gave; the server's own processes (writer
 * of the log, checkpointer, …) together as "server". */
async function workSoFar(world: World): Promise<Work> {
  const rows = await world.query<{ pid: number; name: string }>(`
    select pid, case backend_type when 'client backend' then application_name else 'server' end as name
    from pg_stat_activity where pid <> pg_backend_pid() and (datname = current_database() or datname is null)`);
  const work: Work = {};
  for (const { pid, name } of rows) work[name] = (work[name] ?? 0) + cpuSeconds(pid);
  return work;
}

/** Their time between the two moments. Pools of a busy service are open by then and stay open. */
export async function workBetween(world: World, afterSeconds: number, seconds: number): Promise<Work> {
  await pause(afterSeconds * 1000);
  const before = await workSoFar(world);
  await pause(seconds * 1000);
  const after = await workSoFar(world);
  return Object.fromEntries(Object.entries(after).map(([name, time]) => [name, Math.max(0, time - (before[name] ?? 0))]));
}
