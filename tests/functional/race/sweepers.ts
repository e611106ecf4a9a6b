// Holds up the jobs that free overdue seat holds: PostgreSQL refuses that change to them alone.
import type { Database } from "../harness/database.ts";
import { eventually } from "../harness/waiting.ts";

// A sequence counts what is refused, since it is the one thing that a rolled-back statement leaves behind.
const holdUp = [
  "create sequence refused_sweeps",
  `create function refuse_sweeping() returns trigger language plpgsql as $$
   begin
     if current_setting('application_name') = 'safargo-jobs' then
       perform nextval('refused_sweeps');
       raise exception 'the sweepers are held up';
     end if;
     return new;
   end $$`,
  `create trigger sweepers_held_up before update of status on bookings
   for each row when (new.status = 'expired') execute function refuse_sweeping()`,
];
const letGo = ["drop trigger sweepers_held_up on bookings", "drop function refuse_sweeping", "drop sequence refused_sweeps"];

/** Does the work while no job can expire a booking; this overdue one shows that they tried. */
export async function whileSweepersAreHeldUp<T>(database: Database, bait: { id: string }, work: () => Promise<T>): Promise<T> {
  for (const statement of holdUp) await database.query(statement);
  try {
    await makeOverdue(database, [bait.id]);
    await eventually("the sweepers are held up", async () => {
      const [tried] = await database.query<{ is_called: boolean }>("select is_called from refused_sweeps");
      return tried?.is_called;
    });
    return await work();
  } finally {
    for (const statement of letGo) await database.query(statement);
  }
}

/** As if the deadline had passed a moment ago. */
export async function makeOverdue(database: Database, bookings: string[]): Promise<void> {
  await database.query("update bookings set expires_at = now() - interval '1 ms' where id = any($1)", bookings);
}
