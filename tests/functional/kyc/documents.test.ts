// A driver's way to their first trip where documents are required: they send them, a moderator reads and decides, and
// what was proven holds on every replica.
import type { Schema } from "@safargo/api-client";
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { atEnd } from "../harness/cleanup.ts";
import { becomeDriver, good, publishTrip, tripOf } from "../harness/journeys.ts";
import { outbox, type Person, signIn } from "../harness/people.ts";
import { finishedUpload } from "../harness/pictures.ts";
import { eventually } from "../harness/waiting.ts";
import { startApi, startWorld } from "../harness/world.ts";

const folder = await mkdtemp(join(tmpdir(), "safargo-documents-"));
atEnd(() => rm(folder, { recursive: true }));
const environment = { SAFARGO_OBJECTS_DIR: folder, KYC_REQUIRED: "on" };
const { database, api } = await startWorld({ environment });
// The addresses of pictures name its port, which it knows from its second start on.
await api.stop();
await api.start();
const replica = await startApi(database, { ...environment, PUBLIC_URL: api.origin });

async function moderator(name: string): Promise<Person> {
  const person = await signIn(api, { name });
  await database.query("update users set role = 'moderator' where id = $1", person.id);
  return person;
}
const meriem = await moderator("Meriem Said");
const chafik = await moderator("Chafik Amrani");
const amel = await becomeDriver(await signIn(api, { name: "Amel Haddad" }));

type DocumentType = Schema<"SendDocument">["type"];
const driving: DocumentType[] = ["driver_license", "vehicle_registration", "insurance"];
const lastDay: Partial<Record<DocumentType, string>> = { driver_license: "2040-01-01", insurance: "2030-12-31" };

async function sendDocument(person: Person, type: DocumentType): Promise<string> {
  const upload_id = await finishedUpload(person, "kyc_document");
  const expires_on = lastDay[type];
  const body = expires_on === undefined ? { type, upload_id } : { type, upload_id, expires_on };
  return (await good(person.client.POST("/kyc/documents", { body }))).id;
}
function readPicture(by: Person, id: string): Promise<Schema<"SignedPicture">> {
  return good(by.client.GET("/admin/kyc/{id}/picture", { params: { path: { id } } }));
}
async function approve(by: Person, id: string, body: Schema<"ApproveDocument"> = {}): Promise<Schema<"DocumentFile">> {
  return good(by.client.POST("/admin/kyc/{id}/approve", { params: { path: { id } }, body }));
}
const mine = (person: Person) => good(person.client.GET("/kyc/documents"));

const card = await sendDocument(amel, "id_card");

test("documents are required before the first trip", async () => {
  const answer = await amel.send("POST", "/trips", { body: tripOf(amel) });
  assert.equal(answer.status, 403, answer.brief);
  assert.equal(answer.problem.code, "kyc_required");
  const { documents, identity_verified, may_publish, missing } = await mine(amel);
  assert.deepEqual(documents.map(({ id, status }) => [id, status]), [[card, "pending"]]);
  assert.deepEqual([identity_verified, may_publish], [false, false]);
  assert.deepEqual(missing.map(({ type, because }) => `${type} ${because}`), [
    "id_card in_review",
    "profile_photo not_sent",
    ...driving.map((type) => `${type} not_sent`),
  ]);
});

test("a moderator reads the picture by an address that is signed for a minute", async () => {
  const { items } = await good(meriem.client.GET("/admin/kyc", { params: { query: { type: "id_card" } } }));
  assert.deepEqual(items.map(({ id, name, status }) => [id, name, status]), [[card, "Amel Haddad", "pending"]]);
  const { url, expires_at } = await readPicture(meriem, card);
  const left = Date.parse(expires_at) - Date.now();
  assert.ok(left > 0 && left <= 60_000, expires_at);
  const picture = await fetch(url);
  assert.equal(picture.status, 200);
  assert.equal(Buffer.from(await picture.arrayBuffer()).subarray(8, 12).toString(), "WEBP");
  const shown = await good(meriem.client.GET("/admin/kyc/{id}", { params: { path: { id: card } } }));
  assert.equal(shown.status, "under_review");
});

test("an address that is unsigned, changed or over is refused", async () => {
  const url = new URL((await readPicture(meriem, card)).url);
  const status = async (change: (address: URL) => void) => {
    const changed = new URL(url);
    change(changed);
    return (await fetch(changed)).status;
  };
  assert.equal(await status(() => {}), 200);
  assert.equal(await status((address) => { address.searchParams.delete("signature"); }), 403);
  assert.equal(await status((address) => { address.search = `?key=${url.searchParams.get("key")}`; }), 403);
  // The time until which it is valid is signed too: neither a later nor an earlier one passes.
  assert.equal(await status((address) => { address.searchParams.set("expires", "4102444800"); }), 403);
  assert.equal(await status((address) => { address.searchParams.set("expires", "1"); }), 403);
});

test("each reading is in the audit log: who, what, whose", async () => {
  const [before = { readings: 0 }] = await database.query<{ readings: number }>(
    "select count(*)::int as readings from audit_log where action = 'kyc.read' and subject = $1", card,
  );
  await readPicture(chafik, card);
  const last = await database.query<{ actor: string; detail: { user_id: string; type: string; ip: string } }>(
    "select actor, detail from audit_log where action = 'kyc.read' and subject = $1 order by at, id", card,
  );
  assert.equal(last.length, before.readings + 1);
  assert.equal(last.at(-1)?.actor, chafik.id);
  assert.deepEqual(last.at(-1)?.detail, { user_id: amel.id, type: "id_card", ip: "127.0.0.1" });
});

test("another's document is nobody's business", async () => {
  for (const path of [`/admin/kyc/${card}`, `/admin/kyc/${card}/picture`]) {
    assert.equal((await amel.send("GET", path)).problem.code, "forbidden");
  }
  assert.deepEqual((await mine(await signIn(api))).documents, []);
});

test("a decision is replayed to who repeats it, and refused to who comes second", async () => {
  const decide = (by: Person, key: string) =>
    by.send("POST", `/admin/kyc/${card}/approve`, { body: { gender: "female" }, key });
  const first = await decide(meriem, "decision-on-amels-card");
  assert.equal(first.status, 200, first.brief);
  assert.equal((await decide(meriem, "decision-on-amels-card")).text, first.text);
  const second = await decide(chafik, "decision-on-amels-card");
  assert.equal(second.status, 409);
  assert.equal(second.problem.code, "already_decided");
});

test("with card and face the identity is verified, at every replica", async () => {
  const face = await sendDocument(amel, "profile_photo");
  await readPicture(meriem, face);
  await approve(meriem, face);
  assert.equal((await mine(amel)).identity_verified, true);
  for (const at of [api, replica]) {
    const client = amel.clientOf(at);
    assert.equal((await good(client.GET("/users/{id}", { params: { path: { id: amel.id } } }))).verified, true);
  }
  await eventually("Amel is told", async () =>
    (await outbox(api, amel.identifier)).some(({ template }) => template === "kyc_identity_verified"),
  );
  const answer = await amel.send("POST", "/trips", { body: tripOf(amel) });
  assert.equal(answer.problem.code, "kyc_required", "it is not enough to publish");
});

test("a rejection tells why, and another document takes its place", async () => {
  const blurred = await sendDocument(amel, "insurance");
  await readPicture(meriem, blurred);
  const body = { reason: "unreadable" as const, note: "N° 7" };
  await good(meriem.client.POST("/admin/kyc/{id}/reject", { params: { path: { id: blurred } }, body }));
  const rejected = (await mine(amel)).documents.find(({ id }) => id === blurred);
  assert.deepEqual([rejected?.status, rejected?.reason, rejected?.note], ["rejected", "unreadable", "N° 7"]);
  assert.match(rejected?.reason_text ?? "", /illisible/);
  await eventually("Amel is told why", async () =>
    (await outbox(api, amel.identifier)).some(({ template, text }) => template === "kyc_rejected" && /illisible.*N° 7/.test(text)),
  );
  await sendDocument(amel, "insurance");
  assert.equal((await mine(amel)).documents.some(({ id }) => id === blurred), false);
  assert.equal((await meriem.send("GET", `/admin/kyc/${blurred}`)).status, 404);
});

test("with all documents trips are published, and search says that the driver is verified", async () => {
  await sendDocument(amel, "driver_license");
  await sendDocument(amel, "vehicle_registration");
  const { items } = await good(meriem.client.GET("/admin/kyc"));
  for (const { id } of items.filter(({ user_id }) => user_id === amel.id)) {
    await readPicture(meriem, id);
    await approve(meriem, id);
  }
  const { may_publish, valid_until, missing } = await mine(amel);
  assert.deepEqual([may_publish, valid_until, missing], [true, "2030-12-31", []]);
  const trip = await publishTrip(amel, { preferences: { women_only: true } });
  assert.equal(trip.driver.verified, true);
  // Her confirmed gender shows her own kind of trip to her, at every replica.
  for (const at of [api, replica]) {
    await eventually(`the search at ${at.origin}`, async () => {
      const query = { from: "36.7538,3.0588", to: "35.6971,-0.6308", verified: true };
      const found = await good(amel.clientOf(at).GET("/trips/search", { params: { query } }));
      return found.items.some(({ trip_id, driver }) => trip_id === trip.id && driver.verified);
    });
  }
});

test("from the day after the last day on, nothing is published, and the refusal says why", async () => {
  await database.query("update users set documents_valid_until = (now() at time zone '+01')::date - 1 where id = $1", amel.id);
  const answer = await amel.send("POST", "/trips", { body: tripOf(amel), headers: { "accept-language": "en" } });
  assert.equal(answer.problem.code, "kyc_required");
  assert.match(answer.problem.detail, /expired/);
});

test("the pictures are deleted when their owner leaves", async () => {
  const lina = await signIn(api, { name: "Lina Haddad" });
  const { url } = await readPicture(meriem, await sendDocument(lina, "id_card"));
  assert.equal((await fetch(url)).status, 200);
  await good(lina.client.DELETE("/users/me"));
  await eventually("the file is gone", async () => (await fetch(url)).status === 404);
  const left = "select count(*)::text from kyc_documents where user_id = $1";
  assert.equal(await database.value<string>(left, lina.id), "0");
});
