// The contract, shown by Swagger UI. Calls go to this origin only, carry an Idempotency-Key where one counts, and the
// days of the examples are in the near future.
"use strict";

const exampleDay = "2026-12-10"; // as contract/common_examples.hpp has it
const daysAhead = 7;

function withDaysToCome(contract) {
  const soon = new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  return JSON.parse(contract.replaceAll(`"${exampleDay}T`, `"${soon}T`).replaceAll(`"${exampleDay}"`, `"${soon}"`));
}

// crypto.randomUUID exists only where the page is a secure context, which a name of the local network is not.
function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function beforeSending(request) {
  const url = new URL(request.url, location.href);
  if (url.origin !== location.origin) throw new Error("this page calls its own server only");
  const repeatable = request.method === "POST" && !url.pathname.startsWith("/api/v1/auth/");
  if (repeatable && !request.headers["Idempotency-Key"]) request.headers["Idempotency-Key"] = freshKey();
  return request;
}

// To Swagger UI the requirement "no login" is always met, so that it would show every route whose login is optional as
// signed in. Such a route is signed in once somebody is.
function optionalLogins() {
  const isAuthorized = (original) => (_state, requirements) =>
    original(requirements?.filter((requirement) => requirement.size > 0));
  return { statePlugins: { auth: { wrapSelectors: { isAuthorized } } } };
}

function show(contract) {
  const ui = SwaggerUIBundle({
    spec: contract,
    dom_id: "#contract",
    deepLinking: true,
    docExpansion: "list",
    filter: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    requestInterceptor: beforeSending,
    plugins: [optionalLogins],
  });
  offerDemoAccounts((token) => ui.preauthorizeApiKey("bearer", token));
}

function followColourScheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}

async function start() {
  followColourScheme();
  try {
    const answer = await fetch("/api/v1/openapi.json");
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    show(withDaysToCome(await answer.text()));
  } catch (error) {
    document.querySelector("#contract .waiting").textContent = `The contract could not be read (${error.message}).`;
  }
}

start();
