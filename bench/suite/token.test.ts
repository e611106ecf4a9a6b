import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { keyId, signer, signToken, tokenLife } from "./token.ts";

const corpus = join(import.meta.dirname, "../../apps/api/fuzz/access_token_fuzz");
const holder = { user: "0190b5d2-7c1e-7abc-8def-0123456789ab", session: "0190b5d2-7c1e-7abc-8def-0123456789ac" };
const secret = "fuzzing-secret-of-thirty-two-bytes!!"; // of access_token_fuzz.cpp
const issuedAt = 1_796_112_000;

describe("tokens", () => {
  test("are, byte for byte, those of the API's own tests", () => {
    const theirs = readFileSync(join(corpus, "ours_expired"), "utf8").trim();
    assert.equal(signToken(secret, holder, issuedAt, -issuedAt), theirs);
  });

  test("of a load live as long as the API's own, and are signed once a holder", () => {
    const sign = signer(secret);
    const claims = JSON.parse(Buffer.from(sign(holder).split(".")[1] ?? "", "base64url").toString()) as { iat: number; exp: number };
    assert.equal(claims.exp - claims.iat, tokenLife);
    assert.equal(sign(holder), sign({ ...holder }));
    assert.notEqual(sign(holder), sign({ ...holder, session: holder.user }));
  });

  test("of another secret have another key and another signature", () => {
    const one = signToken(secret, holder, issuedAt, 900);
    const other = signToken(`${secret}.`, holder, issuedAt, 900);
    assert.notEqual(keyId(secret), keyId(`${secret}.`));
    assert.notEqual(one.split(".")[0], other.split(".")[0]);
    assert.notEqual(one.split(".")[2], other.split(".")[2]);
  });
});
