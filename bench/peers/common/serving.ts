// Runs a server in WORKERS processes on one port (node:cluster) until SIGTERM, and knows its health.
import cluster, { type Worker } from "node:cluster";

export const host = "127.0.0.1";

/** Settings of the peers' database sessions, each measured to help them: one plan fits every search, and planning takes
 * longer than many searches; so do JIT compilation and starting workers on a machine whose cores are all busy. */
export const sessionOptions = "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0";

/** `start` opens the port it is given (0: any free one) and resolves to the port that is open. */
export type Start = (port: number) => Promise<number>;

export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function announce(port: number): void {
  process.stdout.write(`listening ${port}\n`);
}

function fork(): Promise<{ worker: Worker; port: number }> {
  return new Promise((resolve) => {
    const worker = cluster.fork();
    worker.once("listening", ({ port }) => resolve({ worker, port }));
  });
}

async function lead(count: number): Promise<void> {
  let stopping = false;
  process.once("SIGTERM", () => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGTERM");
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
  });
  cluster.on("exit", () => {
    if (!stopping) process.exit(1); // a lost worker would only look like a slow peer
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
  });
  const forked = await Promise.all(Array.from({ length: count }, fork));
  announce(forked[0]?.port ?? 0);
}

export async function serve(start: Start): Promise<void> {
  const workers = Number(process.env["WORKERS"] ?? "1");
  if (!Number.isInteger(workers) || workers < 1) throw new Error("WORKERS is a number of processes, 1 or more");
  if (cluster.isPrimary && workers > 1) return lead(workers);
  process.once("SIGTERM", () => process.exit(0));
  const port = await start(Number(required("PORT")));
  if (cluster.isPrimary) announce(port);
}

const started = performance.now();

/** What GET /health says: as SafarGo does it, the database is asked in the background and not by each request. */
export async function monitor(ping: () => Promise<unknown>) {
  let database: { status: string; latency_ms: number | null };
  const watch = async (): Promise<void> => {
    const before = performance.now();
    database = await ping().then(
      () => ({ status: "ok", latency_ms: performance.now() - before }),
      () => ({ status: "down", latency_ms: null }),
    );
    setTimeout(watch, 500).unref();
  };
  await watch();
  return () => {
    const uptime_s = Math.floor((performance.now() - started) / 1000);
    return { status: database.status, version: "peer", uptime_s, checks: { database } };
  };
}
