// pgbench sends the statements of one booking, as bench/pgbench/booking.sql has them, and does nothing else: what is left
// of a booking when there is no server around it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cpuSeconds } from "../machine/processes.ts";
import type { Figure } from "../model.ts";
import type { World } from "../world/world.ts";
import { runLogged } from "./program.ts";
import { plainEnvironment } from "./subject.ts";

/** Transactions a second and their mean latency in milliseconds, without the time to connect. */
export function parsePgbench(output: string): { tps: number; latency: number; failed: number } {
  const number = (pattern: RegExp): number | undefined => {
    const found = pattern.exec(output)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const tps = number(/^tps = ([\d.]+)/m);
  const latency = number(/^latency average = ([\d.]+) ms/m);
  if (tps === undefined || latency === undefined) throw new Error(`pgbench said no tps: ${output.slice(-400)}`);
  return { tps, latency, failed: number(/^number of failed transactions: (\d+)/m) ?? 0 };
}

export interface PgbenchRun {
  script: string;
  clients: number;
  seconds: number;
  /** The number each client begins to count with (n of booking.sql). */
  firstOfClient: number;
}

export class Pgbench {
  readonly #root: string;
  readonly #logs: string;

  constructor(root: string, logs: string) {
    this.#root = root;
    this.#logs = logs;
  }

  #script(name: string): string {
    const file = join(this.#root, "bench/pgbench", name);
    if (!existsSync(file)) throw new Error(`bench/pgbench/${name} is not in this checkout`);
    return file;
  }

  async prepare(world: World, script: string): Promise<void> {
    const args = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", world.url, "-f", this.#script(script)];
    await runLogged({ program: "psql", args, env: plainEnvironment() }, join(this.#logs, `psql-${script}.log`));
  }

  async run(world: World, { script, clients, seconds, firstOfClient }: PgbenchRun): Promise<Figure[]> {
    const variables = ["-D", `clients=${clients}`, "-D", `n=${firstOfClient}`];
    const load = ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "-T", String(seconds)];
    const args = [...load, ...variables, "-f", this.#script(script), world.url];
    const before = { at: performance.now(), postgres: cpuSeconds(world.cluster.pid) };
    const output = await runLogged({ program: "pgbench", args, env: plainEnvironment() }, join(this.#logs, `pgbench-${script}.log`));
    const took = (performance.now() - before.at) / 1000;
    const { tps, latency, failed } = parsePgbench(output);
    const figure = (metric: string, unit: Figure["unit"], value: number): Figure => ({
      subject: "pgbench",
      trips: world.trips,
      metric,
      unit,
      samples: [value],
    });
    const postgres = (cpuSeconds(world.cluster.pid) - before.postgres) / took;
    return [
      figure("throughput", "req/s", tps),
      figure("mean", "ms", latency),
      figure("errors", "count", failed),
      figure("cpu of PostgreSQL", "CPU", postgres),
      figure("cpu of PostgreSQL a request", "us", tps > 0 ? (postgres / tps) * 1e6 : 0),
    ];
  }
}
