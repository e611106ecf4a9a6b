// SMS by Twilio and mail by SendGrid in production, with doubles that answer and sign as they do: each message goes
// once, and what becomes of it is known.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer, Asked } from "./harness/http.ts";
import { assertProblem } from "./harness/languages.ts";
import { type Mail, MessageVendors, type Sms } from "./harness/message_vendors.ts";
import { newPhone } from "./harness/people.ts";
import { eventually } from "./harness/waiting.ts";
import { startWorld } from "./harness/world.ts";

const vendors = await MessageVendors.start();
const { api, database } = await startWorld({ environment: { SAFARGO_ENV: "production", ...vendors.environment } });

interface Delivery {
  state: string;
  provider_id: string;
  reason: string;
}

async function askForCode(identifier: string): Promise<void> {
  const answer = await api.send("POST", "/api/v1/auth/otp/request", { body: { identifier } });
  assert.equal(answer.status, 202, answer.brief);
}

async function smsTo(phone: string): Promise<Sms> {
  await askForCode(phone);
  return eventually("an SMS", async () => vendors.sms.find((sms) => sms.fields["To"] === phone));
}

async function mailTo(address: string): Promise<Mail> {
  await askForCode(address);
  return eventually("a mail", async () => vendors.mails.find((mail) => mail.personalizations[0]?.to[0]?.email === address));
}

async function delivery(key: string): Promise<Delivery | undefined> {
  const sql = "select state, provider_id, reason from message_deliveries where key = $1";
  return (await database.query<Delivery>(sql, key))[0];
}

function stateBecomes(key: string, state: string): Promise<Delivery> {
  return eventually(`${key} is ${state}`, async () => {
    const found = await delivery(key);
    return found?.state === state ? found : undefined;
  });
}

function keyOf(sms: Sms): string {
  return new URL(sms.fields["StatusCallback"] ?? "").searchParams.get("key") ?? "";
}

function report({ path, asked }: { path: string; asked: Asked }): Promise<Answer> {
  return api.send("POST", path, asked);
}

describe("an SMS", () => {
  test("goes to Twilio once, and expires with its code", async () => {
    const phone = newPhone();
    const sms = await smsTo(phone);
    assert.equal(sms.fields["From"], "SafarGo");
    assert.match(sms.fields["Body"] ?? "", /\d{6}/);
    const validity = Number(sms.fields["ValidityPeriod"]);
    assert.ok(validity > 500 && validity <= 600, `${validity} s`);
    assert.equal((await stateBecomes(keyOf(sms), "accepted")).provider_id, sms.sid);
    assert.equal(vendors.sms.filter(({ fields }) => fields["To"] === phone).length, 1);
  });

  test("that Twilio took without an answer is looked up, and not sent again", async () => {
    vendors.lost = 1;
    const before = vendors.lists;
    const phone = newPhone();
    const sms = await smsTo(phone);
    assert.equal((await stateBecomes(keyOf(sms), "accepted")).provider_id, sms.sid);
    assert.ok(vendors.lists > before);
    assert.equal(vendors.sms.filter(({ fields }) => fields["To"] === phone).length, 1);
  });

  test("is followed by Twilio's reports, in any order and as often as they come", async () => {
    const sms = await smsTo(newPhone());
    await stateBecomes(keyOf(sms), "accepted");
    for (const status of ["delivered", "delivered", "sent"]) {
      const answer = await report(vendors.smsReport(sms, status));
      assert.equal(answer.status, 200, answer.brief);
      assert.equal((await delivery(keyOf(sms)))?.state, "delivered");
    }
  });

  test("is not touched by what Twilio did not sign for this address and account", async () => {
    const sms = await smsTo(newPhone());
    await stateBecomes(keyOf(sms), "accepted");
    const good = vendors.smsReport(sms, "delivered");
    const unsigned = { path: good.path, asked: { ...good.asked, headers: { "content-type": "application/x-www-form-urlencoded" } } };
    for (const bad of [
      vendors.smsReport(sms, "delivered", { host: api.origin }),
      vendors.smsReport(sms, "delivered", { account: `AC${"0".repeat(32)}` }),
      { path: good.path, asked: { ...good.asked, body: `${good.asked.body}&ErrorCode=30005` } },
      { path: good.path.replace("outbox", "other"), asked: good.asked },
      unsigned,
    ]) {
      assertProblem(await report(bad), 400, "malformed_request");
    }
    assert.equal((await delivery(keyOf(sms)))?.state, "accepted");
    assert.equal((await report(good)).status, 200);
  });
});

describe("a mail", () => {
  test("goes to SendGrid, and its events say what became of it", async () => {
    const mail = await mailTo("amel@example.dz");
    const key = mail.personalizations[0]?.custom_args["safargo_key"] ?? "";
    assert.match(mail.content[0]?.value ?? "", /\d{6}/);
    assert.equal((await stateBecomes(key, "accepted")).provider_id, mail.id);
    const bounce = { event: "bounce", type: "bounce", status: "5.1.1", safargo_key: key, sg_message_id: `${mail.id}.recvd-1` };
    const foreign = { ...bounce, sg_message_id: "another.recvd-1" };
    assert.equal((await report(vendors.mailEvents([foreign, { event: "delivered" }]))).status, 200);
    assert.equal((await delivery(key))?.state, "accepted");
    assert.equal((await report(vendors.mailEvents([bounce]))).status, 200);
    assert.deepEqual(await delivery(key), { state: "unknown_recipient", provider_id: mail.id, reason: "bounce" });
  });

  test("is not touched by events that are forged or stale", async () => {
    const mail = await mailTo("karim@example.dz");
    const key = mail.personalizations[0]?.custom_args["safargo_key"] ?? "";
    await stateBecomes(key, "accepted");
    const events = [{ event: "delivered", safargo_key: key }];
    const forged = vendors.mailEvents(events);
    forged.asked.body += " ";
    assertProblem(await report(forged), 400, "malformed_request");
    assertProblem(await report(vendors.mailEvents(events, { at: Date.now() - 3_600_000 })), 400, "malformed_request");
    assert.equal((await delivery(key))?.state, "accepted");
  });
});

test("health names both vendors", async () => {
  const { checks } = (await api.send("GET", "/api/v1/health")).json<{ checks: Record<string, { status: string }> }>();
  assert.equal(checks["twilio"]?.status, "ok");
  assert.equal(checks["sendgrid"]?.status, "ok");
});
