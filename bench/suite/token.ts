// Access tokens as the API signs them (features/auth/access_token.cpp): the bench gives the API its secret, so it can
// sign for people of its own. The API checks the signature and, at each request, that the session exists.
import { createHmac, hkdfSync } from "node:crypto";

export interface Holder {
  user: string;
  session: string;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Names a key without telling it. */
export function keyId(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", "jwt-key-id", 32)).subarray(0, 4).toString("hex");
}

/** Both times in seconds. A run takes longer than the quarter of an hour that the API itself gives. */
export function signToken(secret: string, { user, session }: Holder, issuedAt: number, life: number): string {
  const header = base64url({ alg: "HS256", kid: keyId(secret), typ: "JWT" });
  const claims = base64url({ iss: "safargo", sub: user, sid: session, iat: issuedAt, exp: issuedAt + life });
  const signature = createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url");
  return `${header}.${claims}.${signature}`;
}
