// The jobs that free overdue holds, held up: each stands before a trip that we have locked.
import pg from "pg";
import type { Database } from "../harness/database.ts";
import { eventually } from "../harness/waiting.ts";

// Nobody asks for the bait's trip but the sweepers, so nobody else waits for a lock.
const waiting = `
  select pid, query_start::text as since from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' order by pid`;

/** Does the work while the jobs of all replicas wait for a lock on the trip of this overdue booking. */
export async function whileSweepersAreStuck<T>(
  database: Database,
  bait: { id: string; trip_id: string },
  replicas: number,
  work: () => Promise<T>,
): Promise<T> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query("begin");
    await holder.query("select 1 from trips where id = $1 for no key update", [bait.trip_id]);
    await makeOverdue(database, [bait.id]);
    const stuck = await eventually("the sweepers are stuck", async () => {
      const found = await database.query<{ pid: number; since: string }>(waiting);
      return found.length === replicas && found;
    });
    const answer = await work();
    const still = await database.query(waiting);
    if (JSON.stringify(still) !== JSON.stringify(stuck)) throw new Error("the sweepers got free meanwhile: nothing is proved");
    return answer;
  } finally {
    await holder.end();
  }
}

/** As if the deadline had passed a moment ago. */
export async function makeOverdue(database: Database, bookings: string[]): Promise<void> {
  await database.query("update bookings set expires_at = now() - interval '1 ms' where id = any($1)", bookings);
}
