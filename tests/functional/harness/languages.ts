// The three languages of messages, and how to tell them apart.
import assert from "node:assert/strict";
import type { Answer, Problem } from "./http.ts";

export const languages = ["fr", "ar", "en"] as const;
export type Language = (typeof languages)[number];

/** The titles of the two answers that most bad requests get. */
const titles: Record<string, Record<Language, string>> = {
  validation_failed: {
    fr: "Certains champs sont à corriger",
    ar: "بعض الحقول تحتاج إلى تصحيح",
    en: "Some fields need correcting",
  },
  malformed_request: { fr: "Requête illisible", ar: "صيغة الطلب غير صحيحة", en: "Malformed request" },
};

const arabic = /\p{Script=Arabic}/u;

function assertSpeaks(language: Language, text: string): void {
  assert.equal(arabic.test(text), language === "ar", `"${text}" should be ${language}`);
}

/** The problem with this status and code, whole, in this language. */
export function assertProblem(answer: Answer, status: number, code: string, language: Language = "fr"): Problem {
  assert.equal(answer.status, status, answer.brief);
  const problem = answer.problem;
  assert.equal(problem.code, code, answer.brief);
  assert.equal(problem.status, status);
  assert.equal(problem.type, `https://safargo.com/problems/${code}`);
  assert.equal(problem.request_id, answer.header("x-request-id"));
  assert.equal(answer.header("content-language"), language);
  const known = titles[code]?.[language];
  if (known !== undefined) assert.equal(problem.title, known);
  assertSpeaks(language, problem.title);
  assertSpeaks(language, problem.detail);
  for (const error of problem.errors) {
    assertSpeaks(language, error.message);
    assert.ok(error.code, "a field error has a code");
  }
  return problem;
}
