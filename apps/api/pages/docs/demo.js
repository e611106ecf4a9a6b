// Signs a demo account in with one click: asks for a code, reads it in the local outbox, sends it back. Only where the
// server names demo accounts, which is in development.
"use strict";

const said = document.getElementById("said");

async function call(method, path, body) {
  const headers = { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail || json.title);
  return json;
}

// The outbox shows a code within a second; an older one has another id.
async function newestCode(phone, idBefore) {
  for (let tries = 0; tries < 40; tries++) {
    const { items } = await call("GET", `/dev/outbox?to=${encodeURIComponent(phone)}`);
    const code = items[0]?.id !== idBefore && items[0]?.text.match(/\b\d{6}\b/)?.[0];
    if (code) return code;
    await new Promise((wake) => setTimeout(wake, 250));
  }
  throw new Error("no code arrived in the outbox");
}

async function signIn(phone) {
  const { items } = await call("GET", `/dev/outbox?to=${encodeURIComponent(phone)}`);
  await call("POST", "/api/v1/auth/otp/request", { identifier: phone });
  const code = await newestCode(phone, items[0]?.id);
  return call("POST", "/api/v1/auth/otp/verify", { identifier: phone, code });
}

async function offerDemoAccounts(useToken) {
  const form = document.getElementById("demo");
  const choice = document.getElementById("account");
  const accounts = await call("GET", "/docs/accounts.json").catch(() => []);
  for (const { role, name, phone } of accounts) choice.append(new Option(`${name} (${role})`, phone));
  form.hidden = accounts.length === 0;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "Signing in…";
    try {
      const { access_token: token, user } = await signIn(choice.value);
      useToken(token);
      said.textContent = `Signed in as ${user.name}, for 15 minutes`;
    } catch (error) {
      said.textContent = `Not signed in: ${error.message}`;
    }
  });
}
