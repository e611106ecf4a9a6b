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

/** Names a key without revealing it. */
function keyId(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", "jwt-key-id", 32)).subarray(0, 4).toString("hex");
}

/** The API's tokens live a quarter of an hour, and it accepts none that claims much more. */
export const tokenLife = 900;

export type Sign = (holder: Holder) => string;

/** Signs as of now, once for each holder: made anew for each load, which has to end within the life of its tokens. */
export function signer(secret: string): Sign {
  const now = Math.floor(Date.now() / 1000);
  const known = new Map<string, string>();
  return (holder) => {
    const token = known.get(holder.session) ?? signToken(secret, holder, now, tokenLife);
    known.set(holder.session, token);
    return token;
  };
}

/** Both times in seconds. */
export function signToken(secret: string, { user, session }: Holder, issuedAt: number, life: number): string {
  const header = base64url({ alg: "HS256", kid: keyId(secret), typ: "JWT" });
  const claims = base64url({ iss: "safargo", sub: user, sid: session, iat: issuedAt, exp: issuedAt + life });
  const signature = createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url");
  return `${header}.${claims}.${signature}`;
}
