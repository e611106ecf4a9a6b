// The PostgreSQL servers of the worlds (bench/worlds.sh makes them), and the copy of a world that one run works on: what the run
// writes goes with the copy.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { command, PostgresDatabase } from "../../../tests/functional/harness/postgres_database.ts";
import type { WorldFacts } from "../model.ts";

/** Settings that decide what a commit costs; the report shows them as the server reports them. */
const told = ["server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers", "max_wal_size"];

interface Cluster {
  home: string;
  /** Of the database "postgres". */
  url: string;
  pid: number;
  madeAt: number;
}

/** Its messages go to our standard error; its answer is the last line of its output. */
async function call(root: string, ...args: string[]): Promise<string> {
  const answer = promisify(execFile)("bash", [join(root, "bench/worlds.sh"), ...args]);
  answer.child.stderr?.pipe(process.stderr);
  return (await answer).stdout.trim().split("\n").at(-1) ?? "";
}

export async function startCluster(root: string, trips: number, seed: number): Promise<Cluster> {
  const home = await call(root, "start", String(trips), String(seed));
  const [pid, port, made] = ["data/postmaster.pid", "port", "made"].map((name) => Number.parseInt(readFileSync(join(home, name), "utf8")));
  return { home, url: `postgresql://postgres@127.0.0.1:${port}/postgres`, pid: pid as number, madeAt: (made as number) * 1000 };
}

export async function stopCluster(root: string, { home }: Cluster): Promise<void> {
  await call(root, "stop", home);
}

export class World extends PostgresDatabase {
  readonly cluster: Cluster;
  readonly trips: number;
  readonly seed: number;

  private constructor(cluster: Cluster, trips: number, seed: number, name: string) {
    super(cluster.url, name);
    this.cluster = cluster;
    this.trips = trips;
    this.seed = seed;
  }

  static async copyOf(cluster: Cluster, trips: number, seed: number, name = "bench_run", from = "world"): Promise<World> {
    await command(cluster.url, `drop database if exists ${name} with (force)`, `create database ${name} template ${from} strategy file_copy`);
    return new World(cluster, trips, seed, name);
  }

  /** A database made from this world once and kept beside it, for later runs to copy; half-made ones never bear the name. */
  static async derive({ cluster, trips, seed }: World, name: string, work: (world: World) => Promise<void>): Promise<void> {
    const made = await command(cluster.url, `select from pg_database where datname = '${name}'`);
    if (made.length > 0) return;
    const half = await World.copyOf(cluster, trips, seed, `${name}_new`);
    await work(half);
    await half.leave();
    await command(cluster.url, `alter database ${name}_new rename to ${name}`);
  }

  async facts(): Promise<WorldFacts> {
    const [row] = await this.query<{ open: number; megabytes: number }>(
      "select count(*) as open, pg_database_size(current_database()) / 1000000 as megabytes from trips where status = 'open'",
    );
    const hoursOld = (Date.now() - this.cluster.madeAt) / 3_600_000;
    return { trips: this.trips, seed: this.seed, open: row?.open ?? 0, megabytes: row?.megabytes ?? 0, hoursOld };
  }

  async settings(): Promise<Record<string, string>> {
    const sql = "select name, current_setting(name) as value from unnest($1::text[]) as name";
    const rows = await this.query<{ name: string; value: string }>(sql, told);
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }

  /** The same ones for the same seed, in no order that the table has. */
  async someTrips(count: number, seed: number): Promise<string[]> {
    const rows = await this.query<{ id: string }>(
      `select id from trips where status = 'open' and not women_only and date_time > now() + interval '1 day'
       order by hashtextextended(id::text, $1), id limit $2`,
      seed,
      count,
    );
    return rows.map(({ id }) => id);
  }
}
