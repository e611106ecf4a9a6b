import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { signer, signToken, tokenLife } from "./token.ts";

const corpus = join(import.meta.dirname, "../../apps/api/fuzz/access_token_fuzz");
const holder = { user: "0190b5d2-7c1e-7abc-8def-0123456789ab", session: "0190b5d2-7c1e-7abc-8def-0123456789ac" };
const secret = "fuzzing-secret-of-thirty-two-bytes!!"; // of access_token_fuzz.cpp
const issuedAt = 1_796_112_000;

test("tokens are, byte for byte, those of the API's own tests", () => {
  const theirs = readFileSync(join(corpus, "ours_expired"), "utf8").trim();
  assert.equal(signToken(secret, holder, issuedAt, -issuedAt), theirs);
});

test("tokens of a load live as long as the API's own, and are signed once a holder", () => {
  const sign = signer(secret);
  const claims = JSON.parse(Buffer.from(sign(holder).split(".")[1] ?? "", "base64url").toString()) as { iat: number; exp: number };
  assert.equal(claims.exp - claims.iat, tokenLife);
  assert.equal(sign(holder), sign({ ...holder }));
  assert.notEqual(sign(holder), sign({ ...holder, session: holder.user }));
});

test("tokens of another secret have another key and another signature", () => {
  const [one, other] = [secret, `${secret}.`].map((key) => signToken(key, holder, issuedAt, 900).split("."));
  for (const part of [0, 2]) assert.notEqual(one?.[part], other?.[part]);
});
