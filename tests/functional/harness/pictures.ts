// Pictures as people upload them.
import type { Schema } from "@safargo/api-client";
import type { Database } from "./database.ts";
import { good } from "./journeys.ts";
import type { Person } from "./people.ts";

export type Purpose = Schema<"AskUpload">["purpose"];
export type Permitted = Schema<"PermittedUpload">;

/** A PNG of two pixels, red and blue. */
export const smallPng = Buffer.from(
  "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd" +
    "0000000d49444154789c63f8cf0004ff01070001ffe2239e590000000049454e44ae426082",
  "hex",
);

export function askUpload(person: Person, purpose: Purpose, file: Buffer = smallPng): Promise<Permitted> {
  const body: Schema<"AskUpload"> = { purpose, content_type: "image/png", bytes: file.length };
  return good(person.client.POST("/uploads", { body }));
}

/** As a browser does: the fields, then the file. */
export function sendFile({ url, fields }: Permitted, file: Buffer = smallPng, signal: AbortSignal | null = null): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([file]), "photo");
  return fetch(url, { method: "POST", body: form, signal });
}

/** Asked for, sent and finished: its id. */
export async function finishedUpload(person: Person, purpose: Purpose): Promise<string> {
  const permitted = await askUpload(person, purpose);
  const sent = await sendFile(permitted);
  if (!sent.ok) throw new Error(`the store answered ${sent.status}: ${await sent.text()}`);
  await good(person.client.POST("/uploads/{id}/finish", { params: { path: { id: permitted.id } } }));
  return permitted.id;
}

/** A finished upload without its files, for tests that do not look at them. */
export function finishedRow(database: Database, owner: Person, purpose: Purpose): Promise<string> {
  const insert = `insert into pictures (id, owner_id, purpose, width, height, created_at)
    values (gen_random_uuid(), $1, $2, 2, 1, now()) returning id`;
  return database.value<string>(insert, owner.id, purpose);
}
