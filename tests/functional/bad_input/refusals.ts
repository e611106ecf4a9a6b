// Sends the rows of a table in each language: the problem must be complete and translated, and nothing may have changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Api } from "../harness/api.ts";
import type { Database } from "../harness/database.ts";
import { Answer, type Problem } from "../harness/http.ts";
import { assertProblem, type Language, languages } from "../harness/languages.ts";
import { request, Wire } from "../harness/wire.ts";
import type { World } from "../harness/world.ts";
import type { BadInput, Row } from "./row.ts";

const members = ["code", "detail", "errors", "request_id", "status", "title", "type"];

/** Tables that only requests change (outbox, search feed and the sandbox's charges are changed by workers). */
const tables = [
  "audit_log", "bookings", "consents", "disputes", "drivers", "idempotency_keys", "kyc_documents", "ledger_entries",
  "no_shows", "otp_codes", "payment_refunds", "payments", "refresh_tokens", "sandbox_faults", "sessions", "trips",
  "users", "vehicles",
];
const fingerprints = tables.map((table) => `select '${table}', count(*), sum(hashtextextended(t::text, 0)) from ${table} t`);

async function fingerprint(database: Database): Promise<string> {
  return JSON.stringify(await database.query(fingerprints.join(" union all ")));
}

async function sendBare(api: Api, method: string, path: string, asked: BadInput): Promise<Answer> {
  const wire = await Wire.open(api.port);
  const authorization: Record<string, string> = asked.token === undefined ? {} : { Authorization: `Bearer ${asked.token}` };
  const headers = { "Content-Type": "application/json", ...authorization, ...asked.headers };
  const body = typeof asked.body === "string" ? asked.body : JSON.stringify(asked.body ?? "");
  const answer = await wire.ask(request(method, path, headers, body));
  wire.close();
  return new Answer(answer.status, new Headers([...answer.headers]), answer.body.toString());
}

function ask(api: Api, row: Row, language: Language): Promise<Answer> {
  const [method = "", path = ""] = row.request.split(" ");
  const whole = path.startsWith("//") ? path.slice(1) : `/api/v1${path}`;
  const asked = { ...row.asked, headers: { "accept-language": language, ...row.asked.headers } };
  return asked.bare ? sendBare(api, method, whole, asked) : api.send(method, whole, asked);
}

/** The refusal in this language, with everything that belongs to a problem. */
export function assertRefusal(answer: Answer, row: Pick<Row, "status" | "code" | "fields">, language: Language): Problem {
  const problem = assertProblem(answer, row.status, row.code, language);
  assert.deepEqual(Object.keys(problem).sort(), members);
  for (const text of [problem.title, problem.detail, problem.request_id]) assert.ok(text, answer.text);
  assert.match(answer.header("vary") ?? "", /Accept-Language/);
  assert.deepEqual(problem.errors.map((error) => `${error.field}: ${error.code}`), row.fields);
  return problem;
}

function textsOf(problem: Problem): string[] {
  return [problem.title, problem.detail, ...problem.errors.map((error) => error.message)];
}

/** No two languages have the same text. */
function assertTranslated(problems: Problem[]): void {
  const texts = problems.map(textsOf);
  for (const [i, text] of (texts[0] ?? []).entries()) {
    const versions = texts.map((all) => all[i]);
    assert.equal(new Set(versions).size, languages.length, `"${text}" is not translated: ${versions.join(" | ")}`);
  }
}

async function assertRefused({ api, database }: World, row: Row): Promise<void> {
  const acts = !row.request.startsWith("GET ");
  const before = acts && (await fingerprint(database));
  const problems: Problem[] = [];
  for (const language of languages) problems.push(assertRefusal(await ask(api, row, language), row, language));
  assertTranslated(problems);
  if (acts) assert.equal(await fingerprint(database), before, "something changed");
}

export function refuse(world: World, rows: Row[]): void {
  for (const row of rows) test(`${row.what} (${row.request.split("?")[0]})`, () => assertRefused(world, row));
}
