// PostgreSQL's processor time by client: each connection is a process of its own.
import { setTimeout as pause } from "node:timers/promises";
import type { World } from "../world/world.ts";
import { cpuSeconds } from "./processes.ts";

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
