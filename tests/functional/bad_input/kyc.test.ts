// PRODUCT section 2, "KYC": documents that are refused, and decisions that cannot be taken.
import { describe } from "node:test";
import { type Person, signIn } from "../harness/people.ts";
import { finishedRow } from "../harness/pictures.ts";
import { startWorld } from "../harness/world.ts";
import { refuse } from "./refusals.ts";
import { invalid, missing, nobody, row } from "./row.ts";

const world = await startWorld();
const { api, database } = world;
const amel = await signIn(api);
const stranger = await signIn(api);
const moderator = await signIn(api);
await database.query("update users set role = 'moderator' where id = $1", moderator.id);

const upload = (owner: Person) => finishedRow(database, owner, "kyc_document");
const used = await upload(amel);

/** The row of a document in this state. */
async function document(owner: Person, type: string, status: string, picture: string | null = null): Promise<string> {
  const decided = status === "approved" || status === "rejected";
  const insert = `insert into kyc_documents
      (id, user_id, type, status, picture_id, expires_on, reason, decided_by, decided_at, created_at)
    values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, case when $7::uuid is not null then now() end, now())
    returning id`;
  const expires_on = type === "insurance" ? "2040-01-01" : null;
  const reason = status === "rejected" ? "other" : null;
  const by = decided ? moderator.id : null;
  return database.value<string>(insert, owner.id, type, status, picture, expires_on, reason, by);
}
const waiting = await document(amel, "id_card", "pending", used);
await database.query("update pictures set claimed_at = now() where id = $1", used);
const inReview = await document(amel, "insurance", "under_review", await upload(amel));
const face = await document(amel, "profile_photo", "under_review", await upload(amel));
const purged = await document(amel, "driver_license", "approved");
const her = await document(stranger, "id_card", "under_review", await upload(stranger));
const rejected = await document(stranger, "insurance", "rejected", await upload(stranger));
const own = await document(moderator, "insurance", "under_review", await upload(moderator));
const over = await document(stranger, "vehicle_registration", "under_review", await upload(stranger));
await database.query("update kyc_documents set expires_on = current_date - 2 where id = $1", over);
const busy = await signIn(api);
await database.query(
  `insert into kyc_documents (id, user_id, type, replaced_at, created_at)
   select gen_random_uuid(), $1, 'id_card', now(), now() from generate_series(1, 20)`,
  busy.id,
);

const send = "POST /kyc/documents";
const fresh = { card: await upload(amel), theirs: await upload(stranger), busy: await upload(busy) };
const photo = await finishedRow(database, amel, "profile_photo");
const body = (change: object) => ({ token: amel.token, body: { type: "vehicle_registration", upload_id: fresh.card, ...change } });

describe("a document", () => {
  refuse(world, [
    row("of an unknown type", send, body({ type: "passport" }), invalid, "type: not_allowed"),
    row("without an upload", send, body({ upload_id: undefined }), invalid, "upload_id: required"),
    row("of another's upload", send, body({ upload_id: fresh.theirs }), invalid, "upload_id: unknown_reference"),
    row("of a public photo", send, body({ upload_id: photo }), invalid, "upload_id: unknown_reference"),
    row("of an upload that was used", send, body({ upload_id: used }), "409 upload_used"),
    row("that must end, without its last day", send, body({ type: "insurance" }), invalid, "expires_on: required"),
    row("whose last day is over", send, body({ expires_on: "2020-01-31" }), invalid, "expires_on: document_expires"),
    row("that has no last day", send, body({ type: "profile_photo", expires_on: "2040-01-31" }), invalid, "expires_on: never_expires"),
    row("that states its own status", send, body({ status: "approved" }), invalid, "status: unknown_field"),
    row("while a moderator reads the one before", send, body({ type: "insurance", expires_on: "2040-01-31" }), "409 document_under_review"),
    row("that is the 21st of the day", send, { token: busy.token, body: { type: "id_card", upload_id: fresh.busy } }, "409 too_many_documents"),
  ]);
});

const by = (who: Person, wanted?: unknown) => ({ token: who.token, body: wanted });
const card = { gender: "female" };
const blurred = { reason: "unreadable" };

describe("a decision", () => {
  refuse(world, [
    row("on a document that nobody has read", `POST /admin/kyc/${waiting}/approve`, by(moderator, card), "409 document_unread"),
    row("to reject what nobody has read", `POST /admin/kyc/${waiting}/reject`, by(moderator, blurred), "409 document_unread"),
    row("after another", `POST /admin/kyc/${rejected}/approve`, by(moderator, {}), "409 already_decided"),
    row("to reject what is approved", `POST /admin/kyc/${purged}/reject`, by(moderator, blurred), "409 already_decided"),
    row("on what has expired meanwhile", `POST /admin/kyc/${over}/approve`, by(moderator, {}), "409 document_expired"),
    row("on a card without the gender", `POST /admin/kyc/${her}/approve`, by(moderator, {}), invalid, "gender: required"),
    row("with a gender that is none", `POST /admin/kyc/${her}/approve`, by(moderator, { gender: "f" }), invalid, "gender: not_allowed"),
    row("with the gender of another document", `POST /admin/kyc/${face}/approve`, by(moderator, card), invalid, "gender: gender_of_id_card"),
    row("on one's own document", `POST /admin/kyc/${own}/approve`, by(moderator, {}), "403 forbidden"),
    row("to reject one's own document", `POST /admin/kyc/${own}/reject`, by(moderator, blurred), "403 forbidden"),
    row("without a reason", `POST /admin/kyc/${inReview}/reject`, by(moderator, {}), invalid, "reason: required"),
    row("for an unknown reason", `POST /admin/kyc/${inReview}/reject`, by(moderator, { reason: "ugly" }), invalid, "reason: not_allowed"),
    row("for another reason, without a note", `POST /admin/kyc/${inReview}/reject`, by(moderator, { reason: "other" }), invalid, "note: required"),
    row("with a long note", `POST /admin/kyc/${inReview}/reject`, by(moderator, { ...blurred, note: "x".repeat(301) }), invalid, "note: too_long"),
    row("by somebody else", `POST /admin/kyc/${inReview}/approve`, by(stranger, {}), "403 forbidden"),
    row("on nothing", `POST /admin/kyc/${nobody}/approve`, by(moderator, {}), missing),
  ]);
});

describe("a reading", () => {
  refuse(world, [
    row("of a picture that is deleted", `GET /admin/kyc/${purged}/picture`, by(moderator), "410 picture_purged"),
    row("of one's own document", `GET /admin/kyc/${own}/picture`, by(moderator), "403 forbidden"),
    row("by its owner", `GET /admin/kyc/${inReview}/picture`, by(amel), "403 forbidden"),
    row("of nothing", `GET /admin/kyc/${nobody}/picture`, by(moderator), missing),
    row("of a list of an unknown status", "GET /admin/kyc?status=open", by(moderator), invalid, "status: not_allowed"),
  ]);
});
