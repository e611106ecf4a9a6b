// Many people at once: entered into the database, with tokens signed as the API signs them, which it checks as usual.
import { randomBytes, randomUUID } from "node:crypto";
import { signToken, tokenLife } from "../../../bench/suite/token.ts";
import type { Database } from "./database.ts";

export interface Member {
  user: string;
  session: string;
}

/** Of a token that expires after so many seconds. */
export type Tokens = (member: Member, life?: number) => string;

/** A secret to give to the API, and the tokens that go with it. */
export function newSecret(): { secret: string; tokenOf: Tokens } {
  const secret = randomBytes(48).toString("hex");
  const tokenOf: Tokens = (member, life = tokenLife) => signToken(secret, member, Math.floor(Date.now() / 1000), life);
  return { secret, tokenOf };
}

let entered = 0;

export async function enter(database: Database, count: number): Promise<Member[]> {
  const crowd = Array.from({ length: count }, () => ({ user: randomUUID(), session: randomUUID() }));
  const phones = crowd.map(() => `+2136${String((entered += 1)).padStart(8, "0")}`);
  await database.query(
    `insert into users (id, phone, name, created_at)
     select id, phone, 'Crowd', now() from unnest($1::uuid[], $2::text[]) as p (id, phone)`,
    crowd.map(({ user }) => user),
    phones,
  );
  await database.query(
    `insert into sessions (id, user_id, created_at, last_used_at)
     select id, user_id, now(), now() from unnest($1::uuid[], $2::uuid[]) as s (id, user_id)`,
    crowd.map(({ session }) => session),
    crowd.map(({ user }) => user),
  );
  return crowd;
}
