// Thousands of people who wait: what an open stream costs while nothing happens, and that news still find their way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { enter, newSecret } from "./harness/crowd.ts";
import { EventStream } from "./harness/event_stream.ts";
import { eventually } from "./harness/waiting.ts";
import { startWorld } from "./harness/world.ts";

const idle = 5_000;
const most = 150; // MB of the whole process
const { secret, tokenOf } = newSecret();
const { database, api } = await startWorld({ environment: { JWT_SECRET: secret } });

function resident(): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${api.program.pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

test(`${idle} idle streams fit into ${most} MB`, async (context) => {
  const crowd = await enter(database, idle);
  const streams: EventStream[] = [];
  const open = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i += 100) {
      const some = crowd.slice(i, Math.min(i + 100, to));
      streams.push(...(await Promise.all(some.map((member) => EventStream.open(api, tokenOf(member))))));
    }
  };
  await open(0, 1_000); // the first ones also fill buffers and pools that all share
  const before = resident();
  await open(1_000, idle);
  await eventually("all are greeted", async () => streams.every(({ lastId }) => lastId === "0"));
  const after = resident();
  context.diagnostic(`${idle} idle streams: ${(after / 1e6).toFixed(1)} MB resident, ${Math.round((after - before) / (idle - 1_000))} bytes a stream`);
  assert.ok(after < most * 1_000_000, `${after} bytes`);

  const told = crowd.filter((_, index) => index % 50 === 0);
  await database.query(
    `insert into user_events (user_id, event, subject_id, what, at)
     select person, 'trip', person, 'edited', now() from unnest($1::uuid[]) as person`,
    told.map(({ user }) => user),
  );
  await eventually("those are told", async () => told.every((_, index) => streams[index * 50]?.news.length === 1));
  assert.equal(streams.reduce((all, { events }) => all + events.length, 0), told.length, "and only those");
  for (const stream of streams) stream.close();
});
